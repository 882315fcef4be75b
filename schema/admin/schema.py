"""The staff schema, put together from its slices."""

import strawberry
from strawberry.schema.config import StrawberryConfig

from schema.admin.audit import AuditQuery
from schema.admin.goods import GoodsMutation, GoodsQuery
from schema.admin.live import LiveSubscription
from schema.admin.order_changes import OrderMutation
from schema.admin.order_edits import OrderEditMutation
from schema.admin.orders import OrderQuery
from schema.admin.returns import ReturnMutation, ReturnQuery
from schema.admin.scoping import with_scopes
from schema.admin.shopkeeping import ShopkeepingMutation, ShopkeepingQuery
from schema.admin.staff import StaffQuery
from schema.admin.staff_changes import SessionMutation, StaffMutation
from schema.scalars import SCALARS


@strawberry.type(name="QueryRoot", description="Everything staff may ask.")
class Query(AuditQuery, OrderQuery, ReturnQuery, ShopkeepingQuery, StaffQuery, GoodsQuery):
    """Everything staff may ask."""


@strawberry.type(description="Everything staff may do.")
class Mutation(
    OrderEditMutation, OrderMutation, ReturnMutation, SessionMutation, ShopkeepingMutation, StaffMutation, GoodsMutation
):
    """Everything staff may do."""


@strawberry.type(description="Everything staff may follow live.")
class Subscription(LiveSubscription):
    """Everything staff may follow live."""


def admin() -> strawberry.Schema:
    """Build the staff schema, each field of it guarded by its scopes."""
    schema = strawberry.Schema(
        query=Query,
        mutation=Mutation,
        subscription=Subscription,
        config=StrawberryConfig(scalar_map=SCALARS, disable_field_suggestions=True),
    )
    return with_scopes(schema)
