"""An engine of the toy schema, and ways to ask it."""

from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette

from engine import Engine
from tests.engine.toy import Happenings, app_of, schema


@pytest.fixture
def happenings() -> Happenings:
    return Happenings()


@pytest.fixture
def engine() -> Engine:
    return Engine(schema)


@pytest.fixture
def app(engine: Engine, happenings: Happenings) -> Starlette:
    return app_of(engine, happenings)


@pytest.fixture
async def client(app: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://shop") as client:
        yield client
