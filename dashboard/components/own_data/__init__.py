"""The parts of the page to which people bring figures of their own."""
