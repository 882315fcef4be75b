"""Every kind of discount, tax and shipping adds up to the last decimal a currency has, in random baskets."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from commerce.discounts import Offer
from commerce.pricing import Basket, Priced, price
from commerce.tax import Rate
from models.discounts import DiscountKind as Kind
from models.money import Money
from tests.test_pricing import a_basket, a_line, baskets, lines, offers

MILLION = 1_000_000


def taken_off(priced: Priced) -> Counter[int]:
    """What each offer took off, of lines, of the order and of sending, added up."""
    taken: Counter[int] = Counter()
    for line in priced.lines:
        taken.update(line.line_discounts)
        taken.update(line.order_discounts)
    if priced.sending:
        taken.update(priced.sending.discounts)
    return taken


@pytest.mark.parametrize("currency", ["JPY", "EUR", "KWD"])
@given(basket=baskets)
def test_the_amounts_shown_sum_to_the_total_shown_whatever_decimals_a_currency_has(
    currency: str, basket: Basket
) -> None:
    priced = price(basket)

    def shown(minor: int) -> Decimal:
        return Decimal(Money(minor, currency).amount)

    added = [] if basket.tax_included else [tax for line in priced.lines for tax in line.taxes]
    if priced.sending and not basket.tax_included:
        added += priced.sending.taxes
    parts = [shown(line.price) - shown(line.discount) for line in priced.lines]
    parts += [shown(priced.shipping), *(shown(tax.amount) for tax in added)]
    assert sum(parts, Decimal(0)) == shown(priced.total)
    assert shown(priced.due) + sum((shown(used) for _, used in priced.gift_cards), Decimal(0)) == shown(priced.total)


@given(baskets)
def test_what_offers_took_off_is_what_is_missing_from_the_full_price(basket: Basket) -> None:
    priced = price(basket)

    full = sum(line.price for line in priced.lines) + (priced.sending.option.price if priced.sending else 0)
    assert full - sum(taken_off(priced).values()) == priced.subtotal + priced.shipping


@given(baskets)
def test_offers_that_took_something_off_all_allow_each_other(basket: Basket) -> None:
    by_id = {offer.id: offer for offer in basket.offers}
    used = [by_id[key] for key, amount in taken_off(price(basket)).items() if amount]

    event(f"{len(used)} offers used")
    assert all(
        other.falls_on in one.combines_with and one.falls_on in other.combines_with
        for one in used
        for other in used
        if one is not other
    )


@given(baskets)
def test_an_offer_that_was_refused_took_nothing_off(basket: Basket) -> None:
    priced = price(basket)

    assert not any(taken_off(priced)[key] for key in priced.unmet)


@given(baskets)
def test_sending_is_never_cheaper_than_nothing_and_only_offers_on_it_lower_it(basket: Basket) -> None:
    priced = price(basket)

    if priced.sending:
        shipping = {offer.id for offer in basket.offers if offer.kind == Kind.FREE_SHIPPING}
        assert set(priced.sending.discounts) <= shipping
        assert priced.sending.total in {0, priced.sending.option.price}


@given(lines, st.integers(0, 10**10))
def test_an_amount_off_the_order_is_that_amount_or_all_there_is_split_over_the_lines(
    bought: tuple[object, ...], value: int
) -> None:
    priced = price(Basket(lines=bought, offers=(Offer(1, Kind.FIXED_AMOUNT, value=value),)))  # type: ignore[arg-type]

    full = sum(line.price for line in priced.lines)
    assert taken_off(priced)[1] == min(value, full)
    assert priced.total == full - min(value, full)


@given(
    unit=st.integers(0, 10**6),
    units=st.integers(1, 60),
    buy=st.integers(1, 5),
    get=st.integers(1, 5),
    value=st.integers(0, MILLION),
)
def test_buying_some_gives_no_more_than_what_was_earned(unit: int, units: int, buy: int, get: int, value: int) -> None:
    offer = Offer(1, Kind.BUY_X_GET_Y, value=value, buy_quantity=buy, get_quantity=get)

    priced = price(a_basket(a_line(unit, units), offers=(offer,)))

    given_away = units // (buy + get) * get + max(0, units % (buy + get) - buy)
    assert 0 <= taken_off(priced)[1] <= -(-given_away * unit * value // MILLION) + given_away
    assert priced.total == unit * units - taken_off(priced)[1]


@given(lines, offers, st.lists(st.builds(Rate, st.just("VAT"), st.integers(0, 300_000)), max_size=3), st.booleans())
def test_each_line_s_taxes_are_its_share_to_within_half_a_unit_a_rate(
    bought: tuple[object, ...], offered: tuple[Offer, ...], rates: list[Rate], included: bool
) -> None:
    basket = Basket(lines=bought, offers=offered, tax_rates=tuple(rates), tax_included=included)  # type: ignore[arg-type]

    for line in price(basket).lines:
        together = sum(rate.rate for rate in rates)
        whole = MILLION + together if included else MILLION
        off = abs(sum(tax.amount for tax in line.taxes) * whole - line.total * together)
        assert 2 * off <= whole * (1 if included else max(1, len(rates)))
