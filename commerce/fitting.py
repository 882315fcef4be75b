"""Whether what staff tell of a thing fits into its row: refused by name before the database refuses it without one."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from tortoise.fields import CharField, IntField
from tortoise.models import Model

from commerce.refusals import Refusal
from models.money import Money

LARGEST = 2**31 - 1
LARGEST_AMOUNT = 10**15
MOST_TAGS, LONGEST_TAG = 250, 255


class Unfit(Refusal):
    """Something told cannot be kept."""


class NoSuchThing(Refusal):
    """There is nothing of this id."""

    code = "NOT_FOUND"


class Taken(Refusal):
    """Another one has this name already."""

    code = "TAKEN"


def argument(name: str) -> str:
    """A column's name as clients write it: `min_subtotal` is `minSubtotal`."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def fitted(
    table: type[Model], told: Mapping[str, Any], *, at: Sequence[str], needed: Sequence[str] = ()
) -> dict[str, Any]:
    """What is told of a row by its columns, texts without stray space; `needed` columns must be there and not blank."""
    fit = {name: value.strip() if isinstance(value, str) else value for name, value in told.items()}
    for name in needed:
        if not fit.get(name):
            raise Unfit("This cannot be left blank.", field=(*at, argument(name)), code="BLANK")
    for name, value in fit.items():
        _check(table, name, value, at)
    return fit


def _check(table: type[Model], name: str, value: Any, at: Sequence[str]) -> None:
    field = table._meta.fields_map.get(name)
    where = (*at, argument(name))
    if field is None:
        return
    if value is None and not field.null:
        raise Unfit("This cannot be left blank.", field=where, code="BLANK")
    if isinstance(field, CharField) and isinstance(value, str) and len(value) > field.max_length:
        raise Unfit(f"This has at most {field.max_length} characters.", field=where, code="TOO_LONG")
    if isinstance(field, IntField) and isinstance(value, int) and abs(value) > LARGEST:
        raise Unfit("The number is too large.", field=where, code="INVALID")


def minor_of(amount: str | None, currency: str, *, at: Sequence[str], lowest: int = 0) -> int | None:
    """An amount of money in minor units; refuses one that is finer than the currency, too low or out of reach."""
    if amount is None:
        return None
    try:
        minor = Money.of(Decimal(amount), currency).minor
    except (ValueError, InvalidOperation):
        raise Unfit(f"{amount} is no amount of {currency}.", field=at, code="INVALID") from None
    if minor < lowest:
        low = Money(lowest, currency).amount
        raise Unfit(f"The amount is at least {low} {currency}.", field=at, code="GREATER_THAN_OR_EQUAL_TO")
    if minor > LARGEST_AMOUNT:
        raise Unfit("The amount is out of reach.", field=at, code="LESS_THAN_OR_EQUAL_TO")
    return minor


def counted(value: int | None, *, at: Sequence[str], lowest: int = 0) -> int | None:
    """A number of things; refuses one below the lowest."""
    if value is not None and value < lowest:
        raise Unfit(f"The number is at least {lowest}.", field=at, code="GREATER_THAN_OR_EQUAL_TO")
    return value


def tagged(told: Sequence[str] | None, *, at: Sequence[str]) -> list[str]:
    """Tags without stray space, each once."""
    tags = list(dict.fromkeys(tag.strip() for tag in told or () if tag.strip()))
    if len(tags) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in tags):
        text = f"At most {MOST_TAGS} tags of at most {LONGEST_TAG} characters."
        raise Unfit(text, field=at, code="TOO_LONG")
    return tags


async def kept(table: type[Model], key: int, *, at: Sequence[str], called: str) -> Any:
    """The row of this id, locked until the transaction ends."""
    row = await table.filter(id=key).select_for_update().first()
    if row is None:
        raise NoSuchThing(f"There is no such {called}.", field=at)
    return row


async def refuse_taken(table: type[Model], *, at: Sequence[str], but: int | None = None, **same: Any) -> None:
    """Refuse a name that another row has."""
    if await table.filter(**same).exclude(id=but or 0).exists():
        raise Taken("This is taken already.", field=at)
