"""Signed links open one order, for a time, and cannot be made by anybody else."""

import datetime as dt

import pytest

from commerce.access import ORDER_LINK_LIFETIME, LinkExpired, Signer

NOON = dt.datetime(2026, 4, 1, 12, tzinfo=dt.UTC)
OURS = Signer(["a" * 32])


def test_a_link_opens_the_order_it_was_made_for() -> None:
    link = OURS.order_link("secret of an order", now=NOON)

    assert OURS.order_of_link(link, now=NOON) == "secret of an order"


def test_a_link_expires() -> None:
    link = OURS.order_link("secret of an order", now=NOON)

    with pytest.raises(LinkExpired):
        OURS.order_of_link(link, now=NOON + ORDER_LINK_LIFETIME)


@pytest.mark.parametrize("text", ["", ".", "nonsense", "WyJhIiw5OTk5OTk5OTk5XQ.AAAA", "é", "\ud800"])
def test_a_text_the_shop_did_not_write_opens_nothing(text: str) -> None:
    assert OURS.order_of_link(text, now=NOON) is None


def test_a_link_signed_by_another_shop_opens_nothing() -> None:
    assert OURS.order_of_link(Signer(["b" * 32]).order_link("secret", now=NOON), now=NOON) is None


def test_links_outlive_the_rotation_of_the_key() -> None:
    link = OURS.order_link("secret", now=NOON)
    rotated = Signer(["b" * 32, "a" * 32])

    assert rotated.order_of_link(link, now=NOON) == "secret"
    assert Signer(["b" * 32]).order_of_link(rotated.order_link("secret", now=NOON), now=NOON) == "secret"
