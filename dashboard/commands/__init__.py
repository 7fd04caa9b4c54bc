"""The parts of `commonground` that a terminal sees: its commands, bars and words."""
