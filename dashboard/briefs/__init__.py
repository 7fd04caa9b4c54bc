"""Area briefs: pure content in one model, and the formats that are written from it."""
