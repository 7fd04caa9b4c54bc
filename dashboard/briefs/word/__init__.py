"""A brief as a Word file."""
