"""Payments that reach the shop outside of any provider: a transfer, cash at the door. Staff say when they came."""

GATEWAY = "manual"
"""The gateway's name on a payment. Nothing is asked of anybody, so there is nothing to call."""


def method_among(name: str, listed: list[str]) -> str | None:
    """The shop's own spelling of a manual payment method; None for one that it does not list."""
    wanted = name.strip().casefold()
    return next((method for method in listed if method.casefold() == wanted), None)
