"""What staff do with discounts: each kind is made and changed by its own mutation, as in the reference."""

from typing import Any

import strawberry

from commerce import discount_keeping as acts
from models.discounts import DiscountKind, DiscountMethod
from resolvers import staff_discount_changes as changes
from schema.admin import discount_inputs as inputs
from schema.admin.discounts import DISCOUNT_ID, DiscountAutomaticNode, DiscountCodeNode
from schema.admin.inputs import given, told_as
from schema.admin.payloads import deletion, payload
from schema.binding import Argument, changed_by
from schema.ids import ids_argument, number_key

NODES: dict[DiscountMethod, tuple[str, type]] = {
    DiscountMethod.CODE: ("code_discount_node", DiscountCodeNode),
    DiscountMethod.AUTOMATIC: ("automatic_discount_node", DiscountAutomaticNode),
}
KINDS = (
    ("discount_code_basic", "basic_code_discount", inputs.DiscountCodeBasicInput, DiscountKind.PERCENTAGE),
    ("discount_code_bxgy", "bxgy_code_discount", inputs.DiscountCodeBxgyInput, DiscountKind.BUY_X_GET_Y),
    (
        "discount_code_free_shipping",
        "free_shipping_code_discount",
        inputs.DiscountCodeFreeShippingInput,
        DiscountKind.FREE_SHIPPING,
    ),
    (
        "discount_automatic_basic",
        "automatic_basic_discount",
        inputs.DiscountAutomaticBasicInput,
        DiscountKind.PERCENTAGE,
    ),
    ("discount_automatic_bxgy", "automatic_bxgy_discount", inputs.DiscountAutomaticBxgyInput, DiscountKind.BUY_X_GET_Y),
    (
        "discount_automatic_free_shipping",
        "free_shipping_automatic_discount",
        inputs.DiscountAutomaticFreeShippingInput,
        DiscountKind.FREE_SHIPPING,
    ),
)
WAYS = {
    "code": (DiscountMethod.CODE, "discount by code"),
    "automatic": (DiscountMethod.AUTOMATIC, "discount that comes by itself"),
}


def _payload(name: str, method: DiscountMethod) -> Any:
    field, node = NODES[method]
    return payload(_capital(name), field, node, "The discount as it stands.") | None


def _capital(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("_"))


def _written(name: str) -> str:
    return name.partition("_")[0] + _capital(name.partition("_")[2])


def _mutations() -> dict[str, tuple[Any, Any]]:
    """Every mutation that differs only in the kind of discount: its answer and how it is done."""
    made: dict[str, tuple[Any, Any]] = {}
    for name, argument, kind_input, kind in KINDS:
        method = WAYS[name.split("_")[1]][0]
        create = changes.creating(_written(f"{name}_create"), argument, kind=kind, method=method)
        update = changes.updating(_written(f"{name}_update"), argument, kind=kind, method=method)
        noun = (kind_input.__doc__ or "").rstrip(".").lower()
        made[f"{name}_create"] = (
            _payload(f"{name}_create", method),
            _changed(create, f"Make a discount: {noun}.", **{argument: told_as(kind_input, "Its terms.")}),
        )
        terms = {"id": DISCOUNT_ID, argument: told_as(kind_input, "What changes; the rest stays.")}
        made[f"{name}_update"] = (
            _payload(f"{name}_update", method),
            _changed(update, f"Change a discount: {noun}.", **terms),
        )
    for way, (method, noun) in WAYS.items():
        made |= _switches(f"discount_{way}", method, noun)
    return made


def _switches(prefix: str, method: DiscountMethod, noun: str) -> dict[str, tuple[Any, Any]]:
    begin, end, gone = (f"{prefix}_{word}" for word in ("activate", "deactivate", "delete"))
    activate = changes.switching(_written(begin), acts.activate_discount, method)
    deactivate = changes.switching(_written(end), acts.deactivate_discount, method)
    delete = changes.deleting(_written(gone), method)
    field, node = NODES[method]
    deleted = deletion(_capital(gone), f"deleted_{field[:-5]}_id", node.__name__, "The id that is free again.") | None
    return {
        begin: (_payload(begin, method), _changed(activate, f"Let a {noun} be used from now on.", id=DISCOUNT_ID)),
        end: (_payload(end, method), _changed(deactivate, f"Let a {noun} be used no more.", id=DISCOUNT_ID)),
        gone: (deleted, _changed(delete, f"Forget a {noun} that nobody has used.", id=DISCOUNT_ID)),
    }


def _changed(function: Any, description: str, **arguments: Any) -> Any:
    return changed_by(function, description, needs="write_discounts", **arguments)


def _root(made: dict[str, tuple[Any, Any]]) -> Any:
    namespace = {name: field for name, (_, field) in made.items()}
    annotations = {name: kind for name, (kind, _) in made.items()}
    return strawberry.type(
        type("KindsOfDiscountMutation", (), {**namespace, "__annotations__": annotations, "__module__": __name__})
    )


KindsOfDiscountMutation = _root(_mutations())
DiscountRedeemCodeBulkAddPayload = payload(
    "DiscountRedeemCodeBulkAdd", "code_discount_node", DiscountCodeNode, "The discount with its codes."
)
DiscountCodeRedeemCodeBulkDeletePayload = payload(
    "DiscountCodeRedeemCodeBulkDelete", "code_discount_node", DiscountCodeNode, "The discount with the codes left."
)


@strawberry.type
class DiscountMutation(KindsOfDiscountMutation):  # type: ignore[misc]  # made at run time
    """What staff do with discounts."""

    discount_redeem_code_bulk_add: DiscountRedeemCodeBulkAddPayload | None = changed_by(
        changes.add_codes,
        "Give a discount more codes, at most 250 at once.",
        needs="write_discounts",
        discount_id=DISCOUNT_ID,
        codes=Argument(list[inputs.DiscountRedeemCodeInput], "The codes.", given),
    )
    discount_code_redeem_code_bulk_delete: DiscountCodeRedeemCodeBulkDeletePayload | None = changed_by(
        changes.remove_codes,
        "Take codes from a discount.",
        needs="write_discounts",
        discount_id=DISCOUNT_ID,
        ids=ids_argument(number_key("DiscountRedeemCode"), "The codes' ids."),
    )
