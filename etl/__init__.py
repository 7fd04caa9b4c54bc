"""Open data in: the program that builds the warehouse."""
