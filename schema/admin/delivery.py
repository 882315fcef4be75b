"""Where the shop sends to and what the state adds, for staff: the reference's delivery profiles as one flat list."""

import strawberry

from loaders.rows import delivery as rows
from resolvers import staff_settings as settings
from schema.admin.inputs import optional, required, told_as
from schema.admin.payloads import deletion, payload
from schema.binding import changed_by, described, describes, resolved_by
from schema.codes import CountryCode
from schema.connections import connection
from schema.enums import told
from schema.ids import Node, id_argument, id_of, number_key
from schema.scalars import Amount, MoneyV2

NEEDS, CHANGING = "read_shipping", "write_shipping"
ZONE, RATE, TAX = number_key("DeliveryZone"), number_key("DeliveryRate"), number_key("TaxRate")

told(settings.ZoneSort, "DeliveryZoneSortKeys", "What zones can be sorted by.", {"ID": "Their ids.", "NAME": "Names."})
told(
    settings.TaxSort,
    "TaxRateSortKeys",
    "What taxes can be sorted by.",
    {"ID": "Their ids.", "TITLE": "Their titles.", "RATE": "How much they are."},
)


@strawberry.type(description="One way to send within a zone.")
@describes(rows.ShippingRate, needs=NEEDS)
class DeliveryRate(Node):
    """One way to send within a zone."""

    id: strawberry.ID = id_of("DeliveryRate")
    title: str = described("What shoppers choose.")
    description: str | None = described("What they should know of it.")
    position: int = described("Its place among the rates of its zone.")
    price: MoneyV2 = resolved_by(settings.money("price"), "What it costs.")
    free_from: MoneyV2 | None = resolved_by(settings.money("free_from"), "For goods of this price it costs nothing.")
    min_weight_grams: int | None = described("Only for parcels at least this heavy.")
    max_weight_grams: int | None = described("Only for parcels at most this heavy.")
    min_subtotal: MoneyV2 | None = resolved_by(settings.money("min_subtotal"), "Only for goods of at least this price.")
    max_subtotal: MoneyV2 | None = resolved_by(settings.money("max_subtotal"), "Only for goods of at most this price.")
    min_quantity: int | None = described("Only for at least so many units.")
    max_quantity: int | None = described("Only for at most so many units.")
    active: bool = described("Whether it is offered.")


@strawberry.type(description="Places served at the same rates.")
@describes(rows.ShippingZone, needs=NEEDS)
class DeliveryZone(Node):
    """Places served at the same rates."""

    id: strawberry.ID = id_of("DeliveryZone")
    name: str = described("What it is called.")
    countries: list[str] = described('Countries ("FR"), provinces of one ("US-NY"), or "*" for every other country.')
    rates: list[DeliveryRate] = resolved_by(settings.rates_of_zone, "The ways to send there.")


@strawberry.type(description="A tax of a country, or of one of its provinces.")
@describes(rows.TaxRate, needs=NEEDS)
class TaxRate(Node):
    """A tax of a country or one of its provinces."""

    id: strawberry.ID = id_of("TaxRate")
    country: CountryCode = described("The country.")
    province: str | None = resolved_by(settings.province, "The province, where it is not the whole country's.")
    title: str = described("What the tax is called.")
    rate: float = resolved_by(settings.share, "How much it is: 0.19 is 19 %.")
    on_shipping: bool = described("Whether delivery is taxed too.")


DeliveryZoneConnection = connection(DeliveryZone, "a zone")
TaxRateConnection = connection(TaxRate, "a tax")


@strawberry.type
class DeliveryQuery:
    """Questions about sending and taxes."""

    delivery_zones: DeliveryZoneConnection = resolved_by(
        settings.zones,
        "Where the shop sends to.",
        needs=NEEDS,
        query="What to search for; a word alone is part of a name.",
        sort_key="What to sort by.",
    )
    delivery_zone: DeliveryZone | None = resolved_by(
        settings.zone, "One zone.", needs=NEEDS, id=id_argument(ZONE, "The zone's id.")
    )
    tax_rates: TaxRateConnection = resolved_by(
        settings.taxes,
        "What the state adds.",
        needs=NEEDS,
        query="What to search for, like `country:US province:NY`; a word alone is a country.",
        sort_key="What to sort by.",
    )


@strawberry.input
class RateTerms:
    """What can be told of a way to send."""

    description: str | None = optional("What shoppers should know of it.")
    position: int | None = optional("Its place among the rates of its zone; the last without it.")
    free_from: Amount | None = optional("For goods of this price it costs nothing; null for never.")
    min_weight_grams: int | None = optional("Only for parcels at least this heavy.")
    max_weight_grams: int | None = optional("Only for parcels at most this heavy.")
    min_subtotal: Amount | None = optional("Only for goods of at least this price.")
    max_subtotal: Amount | None = optional("Only for goods of at most this price.")
    min_quantity: int | None = optional("Only for at least so many units.")
    max_quantity: int | None = optional("Only for at most so many units.")
    active: bool | None = optional("Whether it is offered.")


@strawberry.input(description="One more way to send.")
class DeliveryRateCreateInput(RateTerms):
    """One more way to send."""

    title: str = required("What shoppers choose.")
    price: Amount = required("What it costs, in the shop's currency.")


@strawberry.input(description="What changes about a way to send.")
class DeliveryRateUpdateInput(RateTerms):
    """What changes about a way to send."""

    title: str | None = optional("What shoppers choose.")
    price: Amount | None = optional("What it costs, in the shop's currency.")


@strawberry.input(description="One more zone.")
class DeliveryZoneCreateInput:
    """One more zone."""

    name: str = required("What it is called; each name is taken once.")
    countries: list[str] = required('Countries ("FR"), provinces of one ("US-NY"), or "*" for every other country.')
    rates: list[DeliveryRateCreateInput] | None = optional("The ways to send there, in their order.")


@strawberry.input(description="What changes about a zone.")
class DeliveryZoneUpdateInput:
    """What changes about a zone."""

    name: str | None = optional("What it is called.")
    countries: list[str] | None = optional("Where it is; the whole list.")


@strawberry.input
class TaxTerms:
    """What can be told of a tax."""

    province: str | None = optional("The province; the whole country without it.")
    on_shipping: bool | None = optional("Whether delivery is taxed too.")


@strawberry.input(description="One more tax.")
class TaxRateCreateInput(TaxTerms):
    """One more tax."""

    country: CountryCode = required("The country.", decode=str)
    title: str = required("What the tax is called.")
    rate: float = required("How much it is: 0.19 is 19 %.")


@strawberry.input(description="What changes about a tax.")
class TaxRateUpdateInput(TaxTerms):
    """What changes about a tax."""

    title: str | None = optional("What the tax is called.")
    rate: float | None = optional("How much it is: 0.19 is 19 %.")


DeliveryZoneCreatePayload = payload("DeliveryZoneCreate", "delivery_zone", DeliveryZone, "The zone.")
DeliveryZoneUpdatePayload = payload("DeliveryZoneUpdate", "delivery_zone", DeliveryZone, "The zone.")
DeliveryZoneDeletePayload = deletion(
    "DeliveryZoneDelete", "deleted_delivery_zone_id", "DeliveryZone", "The id that is free again."
)
DeliveryRateCreatePayload = payload("DeliveryRateCreate", "delivery_rate", DeliveryRate, "The rate.")
DeliveryRateUpdatePayload = payload("DeliveryRateUpdate", "delivery_rate", DeliveryRate, "The rate.")
DeliveryRateDeletePayload = deletion(
    "DeliveryRateDelete", "deleted_delivery_rate_id", "DeliveryRate", "The id that is free again."
)
TaxRateCreatePayload = payload("TaxRateCreate", "tax_rate", TaxRate, "The tax.")
TaxRateUpdatePayload = payload("TaxRateUpdate", "tax_rate", TaxRate, "The tax.")
TaxRateDeletePayload = deletion("TaxRateDelete", "deleted_tax_rate_id", "TaxRate", "The id that is free again.")


@strawberry.type
class DeliveryMutation:
    """What staff do with sending and taxes."""

    delivery_zone_create: DeliveryZoneCreatePayload | None = changed_by(
        settings.create_zone,
        "Send to more places.",
        needs=CHANGING,
        input=told_as(DeliveryZoneCreateInput, "The zone."),
    )
    delivery_zone_update: DeliveryZoneUpdatePayload | None = changed_by(
        settings.update_zone,
        "Change a zone.",
        needs=CHANGING,
        id=id_argument(ZONE, "The zone's id."),
        input=told_as(DeliveryZoneUpdateInput, "What changes."),
    )
    delivery_zone_delete: DeliveryZoneDeletePayload | None = changed_by(
        settings.delete_zone, "Send there no more.", needs=CHANGING, id=id_argument(ZONE, "The zone's id.")
    )
    delivery_rate_create: DeliveryRateCreatePayload | None = changed_by(
        settings.create_rate,
        "Offer one more way to send within a zone.",
        needs=CHANGING,
        zone_id=id_argument(ZONE, "The zone's id."),
        input=told_as(DeliveryRateCreateInput, "The rate."),
    )
    delivery_rate_update: DeliveryRateUpdatePayload | None = changed_by(
        settings.update_rate,
        "Change a way to send. Orders keep what they were placed with.",
        needs=CHANGING,
        id=id_argument(RATE, "The rate's id."),
        input=told_as(DeliveryRateUpdateInput, "What changes."),
    )
    delivery_rate_delete: DeliveryRateDeletePayload | None = changed_by(
        settings.delete_rate, "Offer a way to send no more.", needs=CHANGING, id=id_argument(RATE, "The rate's id.")
    )
    tax_rate_create: TaxRateCreatePayload | None = changed_by(
        settings.create_tax, "Charge one more tax.", needs=CHANGING, input=told_as(TaxRateCreateInput, "The tax.")
    )
    tax_rate_update: TaxRateUpdatePayload | None = changed_by(
        settings.update_tax,
        "Change a tax. Orders keep the taxes they were placed with.",
        needs=CHANGING,
        id=id_argument(TAX, "The tax's id."),
        input=told_as(TaxRateUpdateInput, "What changes."),
    )
    tax_rate_delete: TaxRateDeletePayload | None = changed_by(
        settings.delete_tax, "Charge a tax no more.", needs=CHANGING, id=id_argument(TAX, "The tax's id.")
    )
