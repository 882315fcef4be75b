"""Side door."""
