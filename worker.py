"""Back door."""
