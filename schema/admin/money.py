"""Money as the staff API writes it: in the shop's currency and in that of the buyer."""

import strawberry

from models.money import Money
from resolvers.context import Context
from schema.binding import describes, resolved_by
from schema.requirements import AS_FOUND
from schema.scalars import MoneyV2


def _itself(context: Context, money: Money) -> Money:
    return money


@strawberry.type(description="An amount in the shop's currency, and in the one the buyer paid in.")
@describes(Money, needs=AS_FOUND)
class MoneyBag:
    """An amount in two currencies, which are one and the same in this shop."""

    shop_money: MoneyV2 = resolved_by(_itself, "The amount in the shop's currency.")
    presentment_money: MoneyV2 = resolved_by(_itself, "The amount in the buyer's currency.")
