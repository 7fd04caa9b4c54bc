"""The parts of the Data and methods page."""
