"""The parts of the Assets page: the list, one entry, and what may be done with it."""
