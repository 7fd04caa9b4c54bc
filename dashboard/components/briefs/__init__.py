"""The parts of the Briefs page."""
