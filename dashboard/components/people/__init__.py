"""The parts of the People and settings page, and inviting and asking."""
