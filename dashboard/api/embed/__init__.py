"""What a partner shows on its own website: a list or a map of what is published, at any filter."""
