"""Finding entries that may be the same thing twice; a person decides, the machine never merges."""

from dashboard.register.duplicates.index import DuplicateIndex, Match

__all__ = ["DuplicateIndex", "Match"]
