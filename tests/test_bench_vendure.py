"""Vendure in the benchmark: the same goods, the same questions, only whole answers; plain words where it cannot run."""

import copy
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from graphql import parse

from bench.goods import drafts
from bench.vendure import documents
from bench.vendure.answers import Differs, checked
from bench.vendure.goods import goods
from bench.vendure.installing import HERE, installed, node
from commands import Refusal

pytestmark = pytest.mark.once
PICTURES = "http://pictures.example"
REFUSING = "echo 'network is unreachable' >&2; exit 1"


def as_answered(product: dict[str, Any]) -> dict[str, Any]:
    """What Vendure answers of a product that it was given."""
    first = product["images"][0]
    picture = {**first, "preview": f"{PICTURES}/{first['source']}"}
    return {
        **product,
        "featuredAsset": picture,
        "optionGroups": [{"name": each["name"], "options": each["values"]} for each in reversed(product["options"])],
        "variants": [
            {
                **variant,
                "priceWithTax": variant["price"],
                "currencyCode": "USD",
                "stockLevel": "IN_STOCK",
                "featuredAsset": picture,
                "options": [
                    {"group": {"name": option}, "name": value}
                    for option, _, value in (chosen.partition("=") for chosen in variant["options"])
                ],
            }
            for variant in reversed(product["variants"])
        ],
    }


def test_vendure_is_given_the_goods_our_own_shop_is_filled_with() -> None:
    ours, theirs = list(drafts(5)), goods(5)

    assert [each["slug"] for each in theirs] == [draft.handle for draft in ours]
    assert [[len(each[part]) for part in ("variants", "options", "images")] for each in theirs] == [[4, 2, 3]] * 5
    assert [variant["price"] for each in theirs for variant in each["variants"]] == [
        variant.price for draft in ours for variant in draft.variants
    ]
    assert theirs[3]["variants"][1]["options"] == ["Colour=Moss", "Size=Large"]
    assert theirs[0]["customFields"]["tags"] == ["tag-0"], "what is said twice is kept once, as we keep it"


def test_whole_answers_are_measured_in_whatever_order_their_variants_come() -> None:
    checked([as_answered(product) for product in goods(3)], goods(3), pictures=PICTURES)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda told: told.pop(),
        lambda told: told.reverse(),
        lambda told: told[1]["variants"].pop(),
        lambda told: told[1]["variants"][2].update(priceWithTax=1),
        lambda told: told[1]["variants"][2].update(stockLevel="OUT_OF_STOCK"),
        lambda told: told[1]["variants"][0]["options"].pop(),
        lambda told: told[1]["variants"][0]["customFields"].update(compareAtPrice=7),
        lambda told: told[0]["optionGroups"][0]["options"].pop(),
        lambda told: told[0]["customFields"].update(vendor=""),
        lambda told: told[2]["featuredAsset"].update(preview="elsewhere"),
    ],
)
def test_anything_less_is_not(spoil: Any) -> None:
    told = copy.deepcopy([as_answered(product) for product in goods(3)])
    spoil(told)

    with pytest.raises(Differs):
        checked(told, goods(3), pictures=PICTURES)


def test_every_question_can_be_sent() -> None:
    asked = [documents.page("thing-17"), documents.listing(24), documents.adding(5, 2), documents.cart()]

    for body in asked:
        (operation, *_) = parse(body["query"]).definitions
        declared = {each.variable.name.value for each in operation.variable_definitions or ()}  # type: ignore[attr-defined]
        assert declared == set(body["variables"])
    assert asked[1]["variables"] == {"options": {"take": 24, "sort": {"id": "ASC"}}}


def test_the_versions_are_pinned_and_the_lock_names_no_host() -> None:
    wanted = json.loads((HERE / "package.json").read_text())
    lock = json.loads((HERE / "package-lock.json").read_text())

    for name, version in {**wanted["dependencies"], **wanted["optionalDependencies"]}.items():
        assert lock["packages"][f"node_modules/{name}"]["version"] == version
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]
    assert all(package.get("integrity") for name, package in lock["packages"].items() if name)


def program(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without Node, Vendure or npm: its programs are in this folder, as is what is to be installed."""
    shutil.copyfile(HERE / "package-lock.json", tmp_path / "package-lock.json")
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def test_without_npm_or_a_network_it_says_so_and_measures_nothing(machine: Path) -> None:
    with pytest.raises(Refusal, match="npm is not installed"):
        installed(str, folder=machine)

    program(machine, "npm", REFUSING)
    with pytest.raises(Refusal, match="network is unreachable"):
        installed(str, folder=machine)
    assert not (machine / "node_modules").exists()


def test_it_is_installed_once(machine: Path) -> None:
    said: list[object] = []
    (machine / "node_modules").mkdir()
    program(machine, "npm", "exit 0")
    program(machine, "node", "echo v24.1.0")

    assert installed(said.append, folder=machine) == str(machine / "node")
    program(machine, "npm", REFUSING)
    assert installed(said.append, folder=machine) == str(machine / "node")
    assert len(said) == 1


def test_an_old_node_is_not_taken(machine: Path) -> None:
    program(machine, "node", "echo v20.20.2")

    with pytest.raises(Refusal, match=r"needs Node 22\.15 or newer"):
        node(machine)
