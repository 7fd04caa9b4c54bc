"""The parts of the page on what might help."""
