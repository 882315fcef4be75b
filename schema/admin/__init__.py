"""The staff schema: what a shop's people and their tools may ask."""
