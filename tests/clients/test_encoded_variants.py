"""The trie of variants, read by the decoder that storefronts use."""

import json
import random
from itertools import product

import pytest

from resolvers.encoded_variants import trie
from tests.clients import node


def combinations(*sizes: int, share: float, seed: int) -> list[tuple[int, ...]]:
    """Some of all combinations of so many values, sorted."""
    chance = random.Random(seed)
    return [each for each in product(*map(range, sizes)) if chance.random() < share]


CASES: list[list[tuple[int, ...]]] = [
    [(0, 0, 0), (0, 1, 0), (0, 1, 1), (1, 0, 0), (1, 0, 1), (1, 1, 1), (2, 0, 1), (2, 1, 0)],
    [(0,)],
    [(0,), (1,), (2,)],
    [(0,), (2,), (3,), (7,)],
    [(0, 0)],
    [],
    *(combinations(12, share=share, seed=1) for share in (0.3, 0.7, 1.0)),
    *(combinations(5, 7, share=share, seed=2) for share in (0.2, 0.6, 1.0)),
    *(combinations(4, 3, 11, share=share, seed=3) for share in (0.1, 0.5, 0.9, 1.0)),
]


@pytest.mark.usefixtures("node_modules")
async def test_storefronts_decode_exactly_the_variants_there_are() -> None:
    encoded = [f"v1_{trie(case)}" for case in CASES]

    decoded = await node.run("encoded.mjs", json.dumps(encoded))

    assert decoded == [[list(each) for each in case] for case in CASES]
