"""Need by digital exclusion: the cells of the matrix, and what partners have tried in each."""
