"""The build: sources in, one checked snapshot out, always aside from the one that is served."""
