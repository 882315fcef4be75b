"""Prices add up to the last minor unit, whatever is in the basket."""

from hypothesis import given
from hypothesis import strategies as st

from commerce.discounts import Class, Goods, Item, Offer
from commerce.pricing import Basket, Destination, Line, Priced, price
from commerce.shares import shares
from commerce.shipping import Rate as ShippingRate
from commerce.shipping import Zone
from commerce.tax import Rate as TaxRate
from commerce.tax import taxes_on
from models.discounts import DiscountKind as Kind

QUARTER = 250_000
EVERY_CLASS = frozenset(Class)
GERMANY = Destination("DE")


def a_line(unit_price: int, quantity: int = 1, *, key: int = 1, product: int = 1, collection: int = 0) -> Line:
    return Line(key, Item(product, unit_price, quantity, frozenset({collection})), grams=100)


def a_basket(*lines: Line, **more: object) -> Basket:
    return Basket(lines=tuple(lines), **more)  # type: ignore[arg-type]


def sending(rate: ShippingRate) -> dict[str, object]:
    return {"destination": GERMANY, "zones": (Zone(frozenset({"*"}), (rate,)),)}


lines = st.lists(
    st.builds(
        a_line,
        st.integers(0, 10**9),
        st.integers(1, 1000),
        product=st.integers(1, 4),
        collection=st.integers(1, 3),
    ),
    max_size=8,
).map(tuple)
goods = st.builds(Goods, st.frozensets(st.integers(1, 4), max_size=2), st.frozensets(st.integers(1, 3), max_size=2))
offers = st.lists(
    st.builds(
        Offer,
        id=st.integers(1, 10**6),
        kind=st.sampled_from([Kind.PERCENTAGE, Kind.BUY_X_GET_Y, Kind.FREE_SHIPPING]),
        on_order=st.booleans(),
        value=st.integers(0, 1_000_000),
        goods=goods,
        buys=goods,
        buy_quantity=st.integers(0, 3),
        get_quantity=st.integers(1, 3),
        combines_with=st.frozensets(st.sampled_from(Class)),
    )
    | st.builds(
        Offer,
        id=st.integers(1, 10**6),
        kind=st.just(Kind.FIXED_AMOUNT),
        on_order=st.booleans(),
        value=st.integers(0, 10**10),
        combines_with=st.just(EVERY_CLASS),
    ),
    max_size=5,
    unique_by=lambda offer: offer.id,
).map(tuple)
tax_rates = st.lists(st.builds(TaxRate, st.just("VAT"), st.integers(0, 300_000), st.booleans()), max_size=3).map(tuple)
zones = st.builds(lambda cost: (Zone(frozenset({"*"}), (ShippingRate(1, "Post", cost),)),), st.integers(0, 10**6))
baskets = st.builds(
    Basket,
    lines=lines,
    offers=offers,
    destination=st.none() | st.just(GERMANY),
    zones=zones,
    tax_rates=tax_rates,
    tax_included=st.booleans(),
    gift_cards=st.lists(st.tuples(st.integers(1, 9), st.integers(0, 10**10)), max_size=3).map(tuple),
)


@given(baskets)
def test_a_total_is_the_lines_less_discounts_plus_shipping_plus_tax_that_is_added(basket: Basket) -> None:
    priced = price(basket)

    full = sum(line.price for line in priced.lines)
    off = sum(line.discount for line in priced.lines)
    added = 0 if basket.tax_included else priced.tax
    assert priced.total == full - off + priced.shipping + added
    assert priced.subtotal == full - off


@given(baskets)
def test_nothing_is_ever_below_zero_and_no_discount_exceeds_its_line(basket: Basket) -> None:
    priced = price(basket)

    assert all(0 <= line.discount <= line.price for line in priced.lines)
    assert all(amount >= 0 for line in priced.lines for amount in line.line_discounts.values())
    assert priced.shipping >= 0
    assert priced.tax >= 0
    assert 0 <= priced.due <= priced.total


@given(baskets)
def test_gift_cards_pay_no_more_than_they_hold_and_no_more_than_is_owed(basket: Basket) -> None:
    priced = price(basket)

    for (card, balance), (used_card, used) in zip(basket.gift_cards, priced.gift_cards, strict=True):
        assert card == used_card
        assert 0 <= used <= balance
    assert sum(used for _, used in priced.gift_cards) == min(sum(b for _, b in basket.gift_cards), priced.total)


@given(baskets)
def test_included_taxes_are_within_what_is_paid(basket: Basket) -> None:
    priced = price(basket)

    if basket.tax_included:
        assert priced.tax <= priced.total


@given(st.integers(0, 10**12), st.lists(st.integers(0, 10**6), min_size=1, max_size=20))
def test_shares_sum_to_the_whole_and_are_off_by_less_than_one(amount: int, weights: list[int]) -> None:
    parts = shares(amount, weights)

    assert sum(parts) == amount
    if sum(weights):
        assert all(
            abs(part * sum(weights) - amount * weight) < sum(weights)
            for part, weight in zip(parts, weights, strict=True)
        )


def priced(*lines: Line, **more: object) -> Priced:
    return price(a_basket(*lines, **more))


def test_a_discount_on_the_order_is_split_over_its_lines_to_the_cent() -> None:
    tenth = Offer(1, Kind.FIXED_AMOUNT, value=100)

    result = priced(a_line(333, key=1), a_line(333, key=2), a_line(333, key=3), offers=(tenth,))

    assert [line.order_discounts[1] for line in result.lines] == [34, 33, 33]
    assert result.total == 899


def test_of_two_discounts_that_exclude_each_other_the_better_one_is_used() -> None:
    small = Offer(1, Kind.PERCENTAGE, value=QUARTER)
    big = Offer(2, Kind.FIXED_AMOUNT, value=500)

    result = priced(a_line(1_000), offers=(small, big))

    assert result.total == 500
    assert result.unmet == {1: "DISCOUNT_CODE_NOT_HONOURED"}


def test_discounts_that_allow_each_other_add_up_lines_first() -> None:
    on_lines = Offer(1, Kind.PERCENTAGE, on_order=False, value=QUARTER, combines_with=EVERY_CLASS)
    on_order = Offer(2, Kind.PERCENTAGE, value=100_000, combines_with=EVERY_CLASS)

    result = priced(a_line(1_000, 2), offers=(on_lines, on_order))

    assert result.before_order_discounts == 1_500
    assert result.total == 1_350


def test_a_discount_takes_nothing_off_below_its_minimum() -> None:
    offer = Offer(1, Kind.PERCENTAGE, value=QUARTER, min_subtotal=1_001)

    assert priced(a_line(1_000), offers=(offer,)).unmet == {1: "DISCOUNT_PURCHASE_NOT_IN_RANGE"}
    assert priced(a_line(1_001), offers=(offer,)).total == 751


def test_who_buys_two_gets_the_cheapest_third_free_once_for_every_two() -> None:
    offer = Offer(1, Kind.BUY_X_GET_Y, value=1_000_000, buy_quantity=2, get_quantity=1)

    assert priced(a_line(1_000, 2), offers=(offer,)).total == 2_000
    assert priced(a_line(1_000, 2, key=1), a_line(300, key=2), offers=(offer,)).total == 2_000
    assert priced(a_line(1_000, 6), offers=(offer,)).total == 4_000


def test_free_shipping_takes_the_whole_price_of_sending() -> None:
    offer = Offer(1, Kind.FREE_SHIPPING)

    result = priced(a_line(1_000), offers=(offer,), **sending(ShippingRate(1, "Post", 490)))

    assert result.sending is not None
    assert result.sending.discounts == {1: 490}
    assert result.total == 1_000


def test_the_cheapest_way_is_chosen_unless_told_otherwise() -> None:
    rates = (ShippingRate(1, "Express", 1_500), ShippingRate(2, "Post", 490), ShippingRate(3, "Free", 0, free_from=2))
    zones = (Zone(frozenset({"DE"}), rates[:2]), Zone(frozenset({"*"}), (rates[2],)))

    by_itself = priced(a_line(1_000), destination=GERMANY, zones=zones)
    as_told = priced(a_line(1_000), destination=GERMANY, zones=zones, option="express-1")

    assert by_itself.sending is not None
    assert as_told.sending is not None
    assert (by_itself.sending.option.title, by_itself.total) == ("Post", 1_490)
    assert (as_told.sending.option.title, as_told.total) == ("Express", 2_500)


def test_sending_is_free_from_a_price_and_open_within_its_weights() -> None:
    rate = ShippingRate(1, "Post", 490, free_from=5_000, weight=(None, 1_000))

    assert priced(a_line(4_999), **sending(rate)).shipping == 490
    assert priced(a_line(5_000), **sending(rate)).shipping == 0
    assert priced(a_line(1, 11), **sending(rate)).options == ()


def test_taxes_within_a_price_are_found_and_those_on_top_are_added() -> None:
    vat = (TaxRate("MwSt", 190_000),)

    within = priced(a_line(1_190), tax_rates=vat)
    on_top = priced(a_line(1_000), tax_rates=vat, tax_included=False)

    assert (within.tax, within.total) == (190, 1_190)
    assert (on_top.tax, on_top.total) == (190, 1_190)


def test_several_taxes_within_a_price_sum_to_what_they_are_together() -> None:
    taxes = taxes_on(10_000, [TaxRate("GST", 50_000), TaxRate("PST", 70_000)], included=True)

    assert sum(tax.amount for tax in taxes) == 1_071
    assert [tax.amount for tax in taxes] == [446, 625]
