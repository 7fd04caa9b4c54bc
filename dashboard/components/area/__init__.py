"""The parts of the Area page."""
