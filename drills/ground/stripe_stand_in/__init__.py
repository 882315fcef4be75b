"""A stand-in for Stripe: a server of its own that keeps books as Stripe does, and misbehaves when told to."""

from drills.ground.stripe_stand_in.books import Books
from drills.ground.stripe_stand_in.server import PUBLIC_KEY, SECRET_KEY, Fault, StandIn, open_stand_in, stripe_of
from drills.ground.stripe_stand_in.telling import WEBHOOK_SECRET, signed

__all__ = [
    "PUBLIC_KEY",
    "SECRET_KEY",
    "WEBHOOK_SECRET",
    "Books",
    "Fault",
    "StandIn",
    "open_stand_in",
    "signed",
    "stripe_of",
]
