"""Many briefs at once: one zip with a contents page, made in the background."""
