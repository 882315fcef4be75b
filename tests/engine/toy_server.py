"""The toy schema as a program of its own, for tests of how a process ends."""

import contextlib
from collections.abc import AsyncIterator

from starlette.applications import Starlette

from engine import Engine, closing_on_signals
from tests.engine.toy import app_of, schema

engine = Engine(schema)


@contextlib.asynccontextmanager
async def lifespan(_: Starlette) -> AsyncIterator[None]:
    with closing_on_signals(engine):
        yield
    await engine.close()


app = app_of(engine)
app.router.lifespan_context = lifespan
