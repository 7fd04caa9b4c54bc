"""One file per published source: where it lives, its licence and edition, how to read it, what to expect of it."""
