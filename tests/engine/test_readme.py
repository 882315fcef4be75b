"""The example in the engine's own description works as it is written."""

import re
from pathlib import Path
from typing import Any

import httpx

import engine
from tests.engine.toy import Happenings, ToyContext, schema

README = Path(engine.__file__).parent / "README.md"


async def test_the_example_serves_a_schema() -> None:
    found = re.search(r"```python\n(.*?)```", README.read_text(), re.DOTALL)
    assert found is not None

    async def viewer_of(_connection: object) -> str:
        return "Kari"

    def my_context(viewer: str, wishes: object) -> ToyContext:
        assert (viewer, wishes) == ("Kari", {})
        return ToyContext(operation=None, connection_params=None, happenings=Happenings())  # type: ignore[arg-type]

    names: dict[str, Any] = {"schema": schema, "MyContext": my_context, "viewer_of": viewer_of}
    exec(compile(found.group(1), README, "exec"), names)  # noqa: S102 - the text is our own README

    async with httpx.AsyncClient(transport=httpx.ASGITransport(names["app"]), base_url="http://shop") as client:
        plain = await client.post("/graphql", json={"query": "{ hello }"})
        streamed = await client.post("/graphql/stream", json={"query": "subscription { count(to: 1) }"})
    async with names["lifespan"](names["app"]):
        assert not names["engine"].closing

    assert plain.json() == {"data": {"hello": "Hello, world!"}}
    assert "event: complete" in streamed.text
    assert names["engine"].closing
