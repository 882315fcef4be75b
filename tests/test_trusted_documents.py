"""A shop whose storefront is finished runs what that storefront was built with, and nothing else."""

import json
from pathlib import Path
from typing import Any

import pytest

from engine import Refused
from engine.requests import GraphQLRequest
from operations.trusted import documents_in
from server import Door
from settings import Settings

SHOP = "query Shop { shop { name } }"


@pytest.mark.parametrize(
    "manifest",
    [
        {"shop": SHOP},
        {
            "format": "apollo-persisted-query-manifest",
            "version": 1,
            "operations": [{"id": "shop", "name": "Shop", "type": "query", "body": SHOP}],
        },
    ],
)
def test_the_lists_that_client_tools_write_are_understood(manifest: Any, tmp_path: Path) -> None:
    path = tmp_path / "documents.json"
    path.write_text(json.dumps(manifest))

    assert documents_in(str(path)) == {"shop": SHOP}


@pytest.mark.parametrize(
    "text", ["", "[]", "5", '{"a": 1}', '{"operations": 5}', '{"operations": [{"id": "a"}]}', "\xff"]
)
def test_anything_else_is_refused_by_its_name(text: str, tmp_path: Path) -> None:
    path = tmp_path / "documents.json"
    path.write_text(text, "latin-1")

    with pytest.raises(ValueError, match=r"documents\.json"):
        documents_in(str(path))


def test_shoppers_run_the_listed_documents_alone_and_staff_whatever_they_may() -> None:
    door = Door(Settings(trusted_documents={"shop": SHOP}))

    assert door.shoppers.documents.find(GraphQLRequest(document_id="shop")).operations
    with pytest.raises(Refused, match="registered"):
        door.shoppers.documents.find(GraphQLRequest(query="{ shop { id } }"))
    assert door.staff.documents.find(GraphQLRequest(query="{ __typename }")).operations
