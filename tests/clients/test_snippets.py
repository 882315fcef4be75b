"""Every snippet of docs/subscriptions.md, run as it stands: it follows an order across a restart of the server."""

import asyncio
import json
import re
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from database.connection import address_of, opened
from drills.audience.orders import SIGNED, changed, links_to, placed
from drills.ground import shelf
from drills.ground.postgres import free_port
from drills.ground.running import ROOT, RunningShop, running_shop

DOC = ROOT / "docs" / "subscriptions.md"
SNIPPETS = re.findall(r"### ([^\n]+)\n\n```(js|python)\n(.+?)```", DOC.read_text(), re.DOTALL)
HERE = Path(__file__).parent
AHEAD = 3


@asynccontextmanager
async def running(snippet: tuple[str, str, str], shop: RunningShop, order: tuple[str, str]) -> AsyncIterator[Process]:
    """The snippet, as a program beside the packages it needs."""
    name, kind, text = snippet
    over = "http" if "/graphql/stream" in text else "ws"
    url = shop.address.replace("http", over, 1) + ("/graphql/stream" if over == "http" else "/graphql")
    file = HERE / f"snippet-{re.sub('[^a-z]+', '-', name.lower())}{'.mjs' if kind == 'js' else '.py'}"
    file.write_text(text)
    program = ["node"] if kind == "js" else [sys.executable]
    process = await asyncio.create_subprocess_exec(*program, file, url, *order, cwd=HERE, stdout=PIPE)
    try:
        yield process
    finally:
        file.unlink()
        if process.returncode is None:
            process.kill()
        await process.wait()


async def printed(process: Process, count: int) -> list[Any]:
    """The next events that a snippet prints."""
    assert process.stdout is not None
    async with asyncio.timeout(60):
        return [json.loads(await process.stdout.readline() or '"ended"') for _ in range(count)]


def test_there_is_a_snippet_for_every_client_the_page_promises() -> None:
    assert [name for name, _, _ in SNIPPETS] == [
        "graphql-ws",
        "graphql-sse",
        "Apollo Client",
        "urql",
        "Python, over server-sent events",
        "Python, over a WebSocket",
    ]


@pytest.mark.postgres
@pytest.mark.usefixtures("node_modules")
async def test_every_snippet_follows_an_order_across_a_restart(shop_database: str, tmp_path: Path) -> None:
    port = str(free_port())
    options = ("--no-demo", "--no-worker", "--port", port)
    async with opened(address_of(shop_database)):
        await shelf.furnish()
        (order,) = await placed(1)
        (link,) = links_to([order], followers=1)
        everybody = []
        with running_shop(shop_database, tmp_path, *options, **SIGNED) as shop:
            open_ = [running(snippet, shop, link) for snippet in SNIPPETS]
            programs = [await each.__aenter__() for each in open_]
            try:
                first = await asyncio.gather(*(printed(each, 1) for each in programs))
                await changed(order)
                await asyncio.gather(*(printed(each, 1) for each in programs))
                shop.stop()
                for _ in range(AHEAD):
                    await changed(order)
                with running_shop(shop_database, tmp_path, *options, **SIGNED):
                    everybody = await asyncio.gather(*(printed(each, AHEAD) for each in programs))
                    await changed(order)
                    last = await asyncio.gather(*(printed(each, 1) for each in programs))
            finally:
                for each in open_:
                    await each.__aexit__(None, None, None)

    cursors = [[event["cursor"] for event in (*missed, *end)] for missed, end in zip(everybody, last, strict=True)]
    assert {told[0]["kind"] for told in first} == {"snapshot"}
    assert len(set(cursors[0])) == AHEAD + 1
    assert cursors == [cursors[0]] * len(SNIPPETS)
