"""Attempts to complete carts, in batches."""

from typing import Any

from tortoise.queryset import QuerySet

from loaders.reading import ByKey
from loaders.rows import checkout as rows
from models.checkout import CheckoutAttempt


class AttemptByKey(ByKey[str, rows.Attempt]):
    """Attempts by their ids, which only who submitted knows."""

    row = rows.Attempt

    def query(self) -> QuerySet[Any]:
        """Every attempt."""
        return CheckoutAttempt.all()
