"""Whether a process lives, and whether it can serve: two different questions."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from operations.figures import exposition

Check = Callable[[], Awaitable[str]]
"""Answers "ok", or in a few words why not."""

PATIENCE_SECONDS = 3.0


def health_routes(checks: Mapping[str, Check], *, metrics_token: str) -> list[Route]:
    """`/health/live`, `/health/ready` and `/metrics`."""

    async def live(_request: Request) -> Response:
        return PlainTextResponse("ok")

    async def ready(_request: Request) -> Response:
        answers = {name: await _answer(check) for name, check in checks.items()}
        well = all(answer == "ok" for answer in answers.values())
        return JSONResponse(answers, status_code=200 if well else 503, headers={"Cache-Control": "no-store"})

    async def metrics(request: Request) -> Response:
        if metrics_token and request.headers.get("authorization") != f"Bearer {metrics_token}":
            return PlainTextResponse("The figures need a token.", 401, {"WWW-Authenticate": "Bearer"})
        return Response(exposition(), media_type="text/plain; version=0.0.4; charset=utf-8")

    return [Route("/health/live", live), Route("/health/ready", ready), Route("/metrics", metrics)]


async def _answer(check: Check) -> str:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await check()
    except Exception as error:  # noqa: BLE001 - whatever fails, the answer is that this part is not well
        return f"failed: {type(error).__name__}"
