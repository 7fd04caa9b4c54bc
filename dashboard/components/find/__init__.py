"""The parts of the Find page: what is chosen, the map, the list beside it, and the answer."""
