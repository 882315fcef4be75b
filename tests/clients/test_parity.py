"""The page that tells what of the reference is not served."""

import pytest
from graphql import build_schema

from tests.clients import parity

pytestmark = pytest.mark.usefixtures("node_modules")


def test_the_page_tells_what_is_served_today() -> None:
    assert parity.page() == parity.PAGE.read_text(), "write it again: python -m tests.clients.parity"


def test_whatever_is_not_served_has_a_reason() -> None:
    assert parity.unexplained(parity.compared()[1]) == []


def test_most_of_the_reference_is_served() -> None:
    total, missing = parity.compared()

    assert 1 - len(missing) / total >= 0.8


def test_results_may_be_stricter_and_values_more_lenient_than_the_reference() -> None:
    said = parity.promises(build_schema("type Query { a(b: Int, c: Int!): [Int], d: [Int!]! }"))

    assert said["Query.d"].serves(said["Query.a"])
    assert not said["Query.a"].serves(said["Query.d"])
    assert said["Query.a(b:)"].serves(said["Query.a(c:)"])
    assert not said["Query.a(c:)"].serves(said["Query.a(b:)"])
