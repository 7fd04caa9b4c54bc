"""A brief gathered from the snapshot and the register, as one person may see them."""
