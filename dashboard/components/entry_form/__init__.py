"""The form by which an entry is added or changed."""
