"""The steps of importing a list."""
