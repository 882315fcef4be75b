"""What became of a mutation of the staff: the thing as it stands, or why it was refused."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
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
    """A thing after a mutation; without one where the mutation was refused."""

    row: Any = None
    user_errors: Sequence[UserError] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What is done, under which name it is recorded, and the table that shows the thing before and after."""

    action: str
    table: type[Model]
    key: object | None = None


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

    def key_of(result: object) -> object:
        return result if change.key is None else change.key

    async def look(result: object) -> dict[str, Any] | None:
        key = key_of(result)
        return None if key is None else await columns_of(change.table, key)

    try:
        result = await audited(
            act,
            actor=context.viewer.staff or "",
            action=change.action,
            subject=(change.table.__name__, key_of),
            look=look,
            now=context.now,
        )
    except Refusal as refusal:
        return Outcome(None, [UserError.of(refusal)])
    context.renew()
    return Outcome(await context.loaders(read).load(key_of(result)))
