"""What staff do with discounts."""

from collections.abc import Awaitable, Callable, Sequence
from inspect import Parameter, Signature
from typing import Any, cast

from commerce import discount_keeping as acts
from commerce.audit import columns_of
from commerce.fitting import argument as written
from loaders.discounts import DiscountByKey
from models.discounts import Discount, DiscountCode, DiscountKind, DiscountMethod
from resolvers.context import Context
from resolvers.staff_outcomes import Change, Outcome, changed, deleted

Act = Callable[..., Awaitable[Any]]


def creating(action: str, argument: str, *, kind: DiscountKind, method: DiscountMethod) -> Act:
    """The mutation that makes a discount of a kind from what is told under `argument`."""

    async def change(context: Context, root: object, **given: Any) -> Outcome:
        at = written(argument)
        return await create(context, action, given[argument], kind=kind, method=method, at=at)

    return _taking(change, {argument: dict})


def updating(action: str, argument: str, *, kind: DiscountKind, method: DiscountMethod) -> Act:
    """The mutation that changes a discount of a kind by what is told under `argument`."""

    async def change(context: Context, root: object, **given: Any) -> Outcome:
        told, at = given[argument], written(argument)
        return await update(context, action, given["id"], told, kind=kind, method=method, at=at)

    return _taking(change, {"id": int, argument: dict})


def switching(action: str, do: Act, method: DiscountMethod) -> Act:
    """The mutation that lets a discount begin or end."""

    async def change(context: Context, root: object, **given: Any) -> Outcome:
        return await switch(context, action, given["id"], do, method=method)

    return _taking(change, {"id": int})


def deleting(action: str, method: DiscountMethod) -> Act:
    """The mutation that forgets a discount."""

    async def change(context: Context, root: object, **given: Any) -> Outcome:
        return await delete(context, action, given["id"], method)

    return _taking(change, {"id": int})


def _taking(change: Any, arguments: dict[str, type]) -> Act:
    """The function, seen to take just these arguments."""
    own = [Parameter(name, Parameter.POSITIONAL_OR_KEYWORD) for name in ("context", "root")]
    given = [Parameter(name, Parameter.KEYWORD_ONLY, annotation=kind) for name, kind in arguments.items()]
    change.__signature__ = Signature([*own, *given])
    change.__annotations__ = dict(arguments)
    return cast("Act", change)


async def create(
    context: Context, action: str, told: dict[str, Any], *, kind: DiscountKind, method: DiscountMethod, at: str
) -> Outcome:
    """A discount more."""

    async def act() -> int:
        currency = context.shop.currency
        return await acts.create_discount(told, kind=kind, method=method, currency=currency, at=at, now=context.now)

    return await changed(context, Change(action, Discount, look=_with_codes), act, read=DiscountByKey)


async def update(
    context: Context,
    action: str,
    key: int,
    told: dict[str, Any],
    *,
    kind: DiscountKind,
    method: DiscountMethod,
    at: str,
) -> Outcome:
    """Other terms."""

    async def act() -> None:
        await acts.update_discount(
            key, told, kind=kind, method=method, currency=context.shop.currency, at=at, now=context.now
        )

    return await changed(context, Change(action, Discount, key, _with_codes), act, read=DiscountByKey)


async def switch(context: Context, action: str, key: int, do: Act, **more: Any) -> Outcome:
    """It begins, ends, or has other codes."""

    async def act() -> None:
        await do(key, **more, now=context.now)

    return await changed(context, Change(action, Discount, key, _with_codes), act, read=DiscountByKey)


async def delete(context: Context, action: str, key: int, method: DiscountMethod) -> Outcome:
    """It is gone."""

    async def act() -> None:
        await acts.delete_discount(key, method=method, now=context.now)

    return await deleted(context, Change(action, Discount, key, _with_codes), act)


async def add_codes(context: Context, root: object, *, discount_id: int, codes: Sequence[dict[str, Any]]) -> Outcome:
    """More codes."""
    texts = [each["code"] for each in codes]
    return await switch(context, "discountRedeemCodeBulkAdd", discount_id, acts.add_codes, codes=texts)


async def remove_codes(context: Context, root: object, *, discount_id: int, ids: Sequence[int]) -> Outcome:
    """Fewer codes."""
    action = "discountCodeRedeemCodeBulkDelete"
    return await switch(context, action, discount_id, acts.remove_codes, ids=ids)


async def _with_codes(key: Any) -> dict[str, Any] | None:
    columns = await columns_of(Discount, key)
    if columns is None:
        return None
    own = await DiscountCode.filter(discount_id=key).order_by("id").values_list("code")
    return {**columns, "codes": [code for (code,) in own]}
