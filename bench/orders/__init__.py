"""Placing orders: through the API, and by the raw statements that write the same."""
