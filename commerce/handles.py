"""Handles: the part of an address that names a thing, made of its title unless somebody chose one."""

import re
import unicodedata
from typing import Any

from tortoise.models import Model

from commerce.fitting import Unfit, refuse_taken

LONGEST = 255
PLAIN = re.compile(r"[^a-z0-9]+")
HANDLE = re.compile(r"[^\s/?#%\\]+")


def slug(text: str) -> str:
    """A title as an address writes it: `Wool & Silk` is `wool-silk`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return PLAIN.sub("-", plain).strip("-")[: LONGEST - 8]


async def handle_for(
    table: type[Model], wanted: str | None, title: str, *, at: tuple[str, ...], but: int | None = None, **among: Any
) -> str:
    """The handle that was chosen, refused where another has it; or one made of the title that is free."""
    if wanted is not None and wanted.strip():
        handle = wanted.strip().lower()
        if not HANDLE.fullmatch(handle):
            raise Unfit("A handle has no spaces and none of / ? # % and \\.", field=at, code="INVALID")
        if len(handle) > LONGEST:
            raise Unfit(f"A handle has at most {LONGEST} characters.", field=at, code="TOO_LONG")
        await refuse_taken(table, at=at, but=but, handle=handle, **among)
        return handle
    start = slug(title) or table.__name__.lower()
    handle, number = start, 1
    while await table.filter(handle=handle, **among).exclude(id=but or 0).exists():
        number += 1
        handle = f"{start}-{number}"
    return handle
