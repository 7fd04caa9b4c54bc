"""Stories: written down, listed, shown."""
