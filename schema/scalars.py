"""Scalars of the dialect, and money as it is shown."""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any, NewType

import orjson
import strawberry
from strawberry.types.scalar import ScalarDefinition

from models.money import Money
from resolvers.mistakes import BadArgument
from schema.binding import described, describes
from schema.codes import CurrencyCode
from schema.requirements import AS_FOUND

URL = NewType("URL", str)
HTML = NewType("HTML", str)
Color = NewType("Color", str)
Amount = NewType("Amount", str)
Price = NewType("Price", str)
UnsignedInt64 = NewType("UnsignedInt64", str)
JSON = NewType("JSON", str)
AMOUNT = re.compile(r"-?\d{1,15}(\.\d{1,6})?", re.ASCII)


def moment_text(value: dt.datetime) -> str:
    """A moment in ISO 8601, in UTC, with a Z."""
    return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")


def read_moment(text: Any) -> dt.datetime:
    """A moment written in ISO 8601; without an offset it is taken as UTC."""
    try:
        moment = dt.datetime.fromisoformat(text)
        moment.astimezone(dt.UTC)
    except (TypeError, ValueError, OverflowError) as broken:
        raise BadArgument("A date and time is written in ISO 8601, like 2026-04-01T12:00:00Z.") from broken
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def read_amount(text: Any) -> str:
    """A decimal number as text; numbers are taken too, as clients send both."""
    written = str(text)
    if isinstance(text, bool) or not AMOUNT.fullmatch(written):
        raise BadArgument('A decimal is written as text with a point, like "12.50".')
    try:
        return str(Decimal(written))
    except InvalidOperation as broken:
        raise BadArgument('A decimal is written as text with a point, like "12.50".') from broken


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise BadArgument("A text is wanted here.")
    return value


def _whole(value: Any) -> str:
    text = str(value)
    if isinstance(value, bool) or not (text.isascii() and text.isdigit() and len(text) <= 20):
        raise BadArgument("A whole number not below zero is wanted here.")
    return text


def _json(value: Any) -> str:
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def _scalar(
    name: str, description: str, serialize: Callable[[Any], Any] = str, parse: Callable[[Any], Any] = _text
) -> ScalarDefinition:
    return strawberry.scalar(name=name, description=description, serialize=serialize, parse_value=parse)


SCALARS: dict[Any, ScalarDefinition] = {
    URL: _scalar("URL", "An absolute address, RFC 3986."),
    HTML: _scalar("HTML", "A piece of HTML. It comes from the shop's staff; show it only where you trust them."),
    JSON: _scalar("JSON", "A JSON text.", parse=_json),
    UnsignedInt64: _scalar(
        "UnsignedInt64", "A whole number not below zero that may be large, written as text.", parse=_whole
    ),
    Color: _scalar("Color", "A colour in RGB, written #rrggbb."),
    Amount: _scalar("Decimal", 'A signed decimal number, written as text: "29.99".', parse=read_amount),
    Price: _scalar("Money", 'An amount of the shop\'s currency, written as text: "29.99".', str, read_amount),
    dt.datetime: _scalar("DateTime", "A moment in UTC, ISO 8601: 2026-04-01T12:00:00Z.", moment_text, read_moment),
}


@strawberry.type(description="An amount of money in one currency.")
@describes(Money, needs=AS_FOUND)
class MoneyV2:
    """An amount of money."""

    amount: Amount = described("The amount as a decimal, never rounded.")
    currency_code: CurrencyCode = described("The currency, ISO 4217.")
