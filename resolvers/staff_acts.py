"""Lists and mutations of the staff that differ only in what they list and which act they carry out."""

import datetime as dt
from collections.abc import Awaitable, Callable, Mapping
from enum import StrEnum
from inspect import Parameter, Signature, signature
from typing import Any, cast

from tortoise.models import Model

from resolvers.context import Context
from resolvers.filtering import Condition, conditions
from resolvers.paging import Page, Sort, Window, page_of
from resolvers.staff_outcomes import Change, Outcome, changed, deleted

Act = Callable[..., Awaitable[Any]]
KINDS = {"_at": dt.datetime, "name": str, "title": str, "handle": str, "path": str, "email": str}


def listing(
    table: type[Model],
    row: Any,
    sorts: type[StrEnum],
    *,
    fields: Mapping[str, Condition],
    words: Condition,
    columns: Mapping[str, str] | None = None,
) -> Act:
    """A list of a table's rows, searched and sorted: by columns named as `sorts`, unless `columns` says."""
    known = {sort: (columns or {}).get(sort.value, sort.value.lower()) for sort in sorts}
    usual = next(iter(sorts))

    async def found(
        context: Context, root: object, *, window: Window, query: str | None = None, sort_key: StrEnum = usual
    ) -> Page[Any]:
        column = known[sort_key]
        kind = next((kind for end, kind in KINDS.items() if column.endswith(end)), int)
        rows = table.filter(conditions(query, fields, words=words))
        return await page_of(rows, row, Sort(sort_key, column, kind), window)

    found.__annotations__["sort_key"] = sorts
    return found


def one(loader: Callable[..., Any]) -> Act:
    """One thing by its id, null where there is none."""

    async def found(context: Context, root: object, *, id: int) -> Any:
        return await context.loaders(loader).load(id)

    return found


def made_by(
    act: Act,
    action: str,
    table: type[Model],
    *,
    read: Callable[..., Any],
    key: str | None = None,
    find: Callable[[Mapping[str, Any]], Awaitable[int | None]] | None = None,
    **arguments: type,
) -> Act:
    """The mutation that carries out an act on a thing, whose key an argument names, or is to `find` by the arguments.

    Without either it is the key of something new, which the act answers.
    """

    async def change(context: Context, root: object, **given: Any) -> Outcome:
        async def carry_out() -> Any:
            return await act(**given, **_surroundings(act, context))

        known = await find(given) if find else given[key] if key else None
        return await changed(context, Change(action, table, known), carry_out, read=read)

    return taking(change, act, arguments)


def removed_by(act: Act, action: str, table: type[Model], **arguments: type) -> Act:
    """The mutation that carries out an act after which the thing of this `id` is gone."""

    async def change(context: Context, root: object, **given: Any) -> Outcome:
        async def carry_out() -> Any:
            return await act(**given, **_surroundings(act, context))

        return await deleted(context, Change(action, table, given["id"]), carry_out)

    return taking(change, act, {"id": int, **arguments})


def _surroundings(act: Act, context: Context) -> dict[str, Any]:
    """What an act wants to know besides what it is given."""
    known = {"now": context.now, "currency": context.shop.currency}
    return {name: value for name, value in known.items() if name in signature(act).parameters}


def taking(change: Any, act: Act | None, arguments: Mapping[str, Any]) -> Act:
    """The function, seen to take just these arguments, each left out where its act has a default for it."""
    own = [Parameter(name, Parameter.POSITIONAL_OR_KEYWORD) for name in ("context", "root")]
    known = signature(act).parameters if act else {}
    given = [
        Parameter(
            name,
            Parameter.KEYWORD_ONLY,
            annotation=kind,
            default=known[name].default if name in known else Parameter.empty,
        )
        for name, kind in arguments.items()
    ]
    change.__signature__ = Signature([*own, *given])
    change.__annotations__ = dict(arguments)
    return cast("Act", change)
