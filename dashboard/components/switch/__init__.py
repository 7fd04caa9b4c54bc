"""The parts of the page on the switch to digital."""
