"""The demo shop: data and pictures, made by us."""
