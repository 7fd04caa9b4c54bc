"""The parts of the page on which people make neighbourhoods of their own."""
