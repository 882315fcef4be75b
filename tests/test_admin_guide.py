"""The examples of docs/admin.md and its areas run one after the other, as they stand, and none is refused."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from commerce.staff import SHELL, bearer_of
from commerce.staff_users import Person, create_user, hashed
from media.bringing import Bringer
from media.fetching import Fetcher
from media.storage import LocalFolder
from models.orders import Order
from models.staff import AuditRecord
from resolvers.context import Viewer
from tests.goods import a_promised_order, a_variant
from tests.running import ROOT
from tests.shop import NOON, Counter
from tests.staffing import SCHEMA

BLOCK = re.compile(r"```graphql\n(?P<document>.*?)```(?:\n+```json\n(?P<variables>.*?)```)?", re.DOTALL)
AREA = re.compile(r"^- \[.+?\]\((admin/\w+\.md)\).*$", re.MULTILINE)
KEEPS = re.compile(r"^# keeps (\w+) = ([\w.]+)$", re.MULTILINE)


@dataclass(frozen=True)
class Example:
    """A document of the guide, its variables, and what it keeps for later ones."""

    document: str
    variables: dict[str, str]
    keeps: dict[str, str]


def guide() -> str:
    """The guide, and each of its areas where it is linked."""
    docs = ROOT / "docs"
    whole = (docs / "admin.md").read_text(encoding="utf-8")
    return AREA.sub(lambda area: (docs / area[1]).read_text(encoding="utf-8"), whole)


def examples() -> Iterator[Example]:
    for block in BLOCK.finditer(guide()):
        document = block["document"]
        yield Example(document, json.loads(block["variables"] or "{}"), dict(KEEPS.findall(document)))


def at(data: Any, path: str) -> Any:
    for step in path.split("."):
        data = data[int(step)] if step.isdigit() else data[step]
    return data


def pictures(folder: Path) -> Bringer:
    """The shop's own pictures and those of the demo; nothing else can be fetched."""
    return Bringer({"shop": LocalFolder(folder), "demo": LocalFolder(ROOT / "demo" / "media")}, Fetcher(private=False))


async def eva() -> None:
    person = Person(email="eva@example.com", name="Eva", owner=True, scopes=[])
    await create_user(person, password_hash=await hashed("correct horse battery"), giver=SHELL, now=NOON)


async def showing(secret: str | None) -> Viewer:
    """Who shows this secret; somebody at the door, without one."""
    bearer = await bearer_of(secret, now=NOON) if secret else None
    if bearer is None:
        return Viewer()
    return Viewer(
        staff=bearer.name, staff_id=bearer.user_id, owner=bearer.owner, token_id=bearer.token_id, scopes=bearer.scopes
    )


@pytest.mark.usefixtures("database")
async def test_the_guide_leads_from_signing_in_to_a_refund_and_out_again(tmp_path: Path) -> None:
    await eva()
    order = await a_promised_order(await a_variant(), subtotal=9_000, total=9_500)
    kept: dict[str, Any] = {}
    done = []
    for example in examples():
        counter = Counter(SCHEMA, await showing(kept.get("secret")), pictures=pictures(tmp_path))
        variables = {name: kept[text.removeprefix("$")] for name, text in example.variables.items()}
        answer = await counter.ask(example.document, **variables)
        assert answer.codes == [], example.document
        for name, payload in answer.data.items():
            if isinstance(payload, dict) and "userErrors" in payload:
                assert payload["userErrors"] == [], (name, payload)
                done.append(name)
        kept |= {name: at(answer.data, path) for name, path in example.keeps.items()}

    changed = await Order.get(id=order.id)
    assert (changed.financial_status, changed.fulfillment_status) == ("PARTIALLY_REFUNDED", "FULFILLED")
    recorded = {record.action for record in await AuditRecord.all()}
    assert set(done) - recorded <= {"publishablePublishToCurrentChannel"}
    assert await showing(kept["secret"]) == Viewer()
