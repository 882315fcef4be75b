"""Finding goods by text, behind one protocol."""
