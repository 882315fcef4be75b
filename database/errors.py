"""What can go wrong between the shop and its database, in words a caller can act on."""

from tortoise.exceptions import OperationalError


class Retryable(OperationalError):
    """Two transactions met and this one lost; running the whole unit of work again is safe and expected."""


class Unreachable(Exception):
    """The database cannot be opened; the message is one line for the person who set the address."""


class BadAddress(ValueError):
    """A database address the shop does not understand; the message says what would be right."""


class MigrationFailed(Exception):
    """A migration was rolled back; the message names it and the reason."""
