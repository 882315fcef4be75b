"""A shop front as a Strawberry project of the documented kind writes it, over the shop's own tables."""
