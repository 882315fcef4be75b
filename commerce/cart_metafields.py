"""Typed values that a client attaches to a cart."""

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from commerce.opening_carts import changing
from commerce.refusals import Refusal
from database.transactions import unit_of_work
from models.content import Metafield

OWNER = "Cart"
NAMESPACE = "custom"
MOST = 25
LONGEST_VALUE = 65_535
NAME = re.compile(r"[A-Za-z0-9_-]{1,255}")
REFERENCE = re.compile(r"gid://[^/\s]+/\w+/\S+")


class BadMetafield(Refusal):
    """A value that cannot be attached; `index` is its place in the call."""

    code = "INVALID_VALUE"

    def __init__(self, message: str, *, index: int, code: str) -> None:
        super().__init__(message, field=("metafields", str(index)), code=code)
        self.index = index


class NoSuchMetafield(Refusal):
    """The cart has no such value."""

    code = "METAFIELD_DOES_NOT_EXIST"


@dataclass(frozen=True, slots=True)
class NewMetafield:
    """A value under a key, `namespace.key` or the key alone."""

    key: str
    type: str
    value: str


@unit_of_work
async def set_metafields(new: Mapping[str, Sequence[NewMetafield]], *, now: dt.datetime) -> list[int]:
    """Attach values to carts, by cart id: all of them or none. Answers the ids of the values."""
    kept = []
    for cart_id, metafields in new.items():
        async with changing(cart_id, now=now):
            for index, metafield in enumerate(metafields):
                check_metafield(metafield, index)
                kept.append(await _keep(cart_id, metafield, now=now))
    return kept


@unit_of_work
async def delete_metafield(cart_id: str, key: str, *, now: dt.datetime) -> int:
    """Take a value off a cart; answers the id it had."""
    namespace, name = split_key(key)
    async with changing(cart_id, now=now):
        kept = await Metafield.filter(owner_type=OWNER, owner_id=cart_id, namespace=namespace, key=name).first()
        if kept is None:
            raise NoSuchMetafield("The cart has no such metafield.", field=("input", "key"))
        await kept.delete()
    return kept.id


def split_key(key: str) -> tuple[str, str]:
    """Namespace and name of a key."""
    namespace, dot, name = key.partition(".")
    return (namespace, name) if dot else (NAMESPACE, key)


async def _keep(cart_id: str, new: NewMetafield, *, now: dt.datetime) -> int:
    namespace, name = split_key(new.key)
    place = {"owner_type": OWNER, "owner_id": cart_id, "namespace": namespace, "key": name}
    kept = await Metafield.filter(**place).first()
    if kept is None:
        kept = Metafield(**place, created_at=now)
    kept.type, kept.value, kept.updated_at = new.type, new.value, now
    await kept.save()
    return kept.id


def check_metafield(new: NewMetafield, index: int) -> None:
    """Refuse a value that cannot be attached; `index` is its place in the call."""
    if index >= MOST:
        raise BadMetafield(f"One call takes at most {MOST} metafields.", index=index, code="LESS_THAN_OR_EQUAL_TO")
    if not all(NAME.fullmatch(part) for part in split_key(new.key)) or len(split_key(new.key)[1]) > 64:
        raise BadMetafield("A key has letters, digits, - and _, at most 64.", index=index, code="INVALID_VALUE")
    if not new.value:
        raise BadMetafield("The value is missing.", index=index, code="BLANK")
    if len(new.value) > LONGEST_VALUE:
        raise BadMetafield(f"A value has at most {LONGEST_VALUE} characters.", index=index, code="TOO_LONG")
    check = TYPES.get(new.type.removeprefix("list."))
    if check is None:
        raise BadMetafield(f"{new.type!r} is no metafield type.", index=index, code="INVALID_TYPE")
    if not _fits(check, new):
        raise BadMetafield(f"The value is no {new.type}.", index=index, code="INVALID_VALUE")


def _fits(check: Callable[[str], bool], new: NewMetafield) -> bool:
    if not new.type.startswith("list."):
        return check(new.value)
    if not _is_json(new.value):
        return False
    items = json.loads(new.value)
    return isinstance(items, list) and all(check(item if isinstance(item, str) else json.dumps(item)) for item in items)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _is_decimal(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _is_moment(text: str) -> bool:
    try:
        dt.datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_reference(text: str) -> bool:
    return REFERENCE.fullmatch(text) is not None


TYPES: dict[str, Callable[[str], bool]] = {
    "single_line_text_field": lambda text: "\n" not in text,
    "multi_line_text_field": lambda text: True,
    "number_integer": lambda text: re.fullmatch(r"-?\d{1,16}", text) is not None,
    "number_decimal": _is_decimal,
    "boolean": lambda text: text in {"true", "false"},
    "json": _is_json,
    "date": _is_moment,
    "date_time": _is_moment,
    "url": lambda text: re.match(r"(https?|mailto|sms|tel):", text) is not None,
    "color": lambda text: re.fullmatch(r"#[0-9a-fA-F]{6}", text) is not None,
    "id": lambda text: True,
    "money": _is_json,
    "rating": _is_json,
    "dimension": _is_json,
    "volume": _is_json,
    "weight": _is_json,
    "rich_text_field": _is_json,
    "product_reference": _is_reference,
    "variant_reference": _is_reference,
    "collection_reference": _is_reference,
    "page_reference": _is_reference,
    "file_reference": _is_reference,
}
