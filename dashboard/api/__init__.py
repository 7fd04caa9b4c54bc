"""Routes beside the pages: tiles, values, health."""
