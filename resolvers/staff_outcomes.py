"""What became of a mutation of the staff: the thing as it stands, or why it was refused."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from tortoise.models import Model

from commerce.audit import audited, columns_of
from commerce.refusals import Refusal
from loaders.reading import ByKey
from resolvers.context import Context


@dataclass(frozen=True, slots=True)
class UserError:
    """Something to mend before trying again."""

    message: str
    field: Sequence[str] | None = None
    code: str | None = None

    @classmethod
    def of(cls, refusal: Refusal) -> "UserError":
        """A refusal as it is told."""
        return cls(refusal.message, refusal.field, refusal.refused_as)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A thing after a mutation; without one where the mutation was refused. Where there was nothing to do, no record is
    left."""

    row: Any = None
    user_errors: Sequence[UserError] = ()
    nothing_done: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What is done, under which name it is recorded, and the table that shows the thing before and after.

    `look` shows it where its row alone does not, by its key.
    """

    action: str
    table: type[Model]
    key: object | None = None
    look: Callable[[Any], Awaitable[dict[str, Any] | None]] | None = None


async def changed(
    context: Context,
    change: Change,
    act: Callable[[], Awaitable[Any]],
    *,
    read: Callable[..., ByKey[Any, Any]],
) -> Outcome:
    """Carry out an act of the staff with its record, then read the thing anew. A refusal leaves nothing behind.

    Where the change does not name the thing's key, the act answers it.
    """

    try:
        result = await recorded(context, change, act)
    except Refusal as refusal:
        return refused(refusal)
    context.renew()
    return Outcome(await context.loaders(read).load(_key(change, result)))


async def deleted(context: Context, change: Change, act: Callable[[], Awaitable[Any]]) -> Outcome:
    """Carry out an act after which the thing is gone, with its record; answers the thing's key."""
    try:
        return Outcome(_key(change, await recorded(context, change, act)))
    except Refusal as refusal:
        return refused(refusal)


def refused(refusal: Refusal) -> Outcome:
    """Nothing was done, and why."""
    return Outcome(None, [UserError.of(refusal)])


async def recorded(context: Context, change: Change, act: Callable[[], Awaitable[Any]]) -> Any:
    """Carry out an act with its record; answers what the act answers, and lets its refusal pass."""

    async def look(result: object) -> dict[str, Any] | None:
        key = _key(change, result)
        return None if key is None else await (change.look or partial(columns_of, change.table))(key)

    return await audited(
        act,
        actor=context.viewer.staff or "",
        action=change.action,
        subject=(change.table.__name__, partial(_key, change)),
        look=look,
        now=context.now,
    )


def _key(change: Change, result: object) -> object:
    return result if change.key is None else change.key
