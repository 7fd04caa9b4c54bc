"""Help within reach, now and as a plan would have it."""
