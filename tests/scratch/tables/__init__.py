"""Shelves and boxes: a parent, its children, and every kind of constraint and index."""
