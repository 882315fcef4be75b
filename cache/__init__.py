"""Keeping answers for a while, behind one protocol."""
