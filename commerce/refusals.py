"""Refusals: the shop understood, and says no. Each becomes a user error in the payload of the mutation."""

from collections.abc import Sequence
from typing import ClassVar


class Refusal(Exception):
    """Why an act was refused. `code` is stable, `field` is the path into the mutation's arguments."""

    code: ClassVar[str] = "INVALID"

    def __init__(self, message: str, *, field: Sequence[str] | None = None, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = tuple(field) if field is not None else None
        self.refused_as = code or self.code
