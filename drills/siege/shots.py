"""One shot at a server, how it is fired, and what the server made of it."""

import asyncio
import json
import math
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from drills.siege.meter import Meter

JSON = {"content-type": "application/json"}
MOST_MS = 50.0
"""Of processor time, for refusing one request."""
MOST_TRIES = 20
MOST_TOLD = 200  # characters of an answer that was not expected


@dataclass(frozen=True, slots=True)
class Shot:
    """A request that has to be refused with this code. No two are the same: what is known is refused for nothing."""

    name: str
    code: str
    content: Callable[[int], bytes]
    path: str = "/graphql"
    method: str = "POST"
    headers: Mapping[str, str] = field(default_factory=lambda: JSON)
    statuses: Collection[int] = (200, 400, 413)
    tries: int = 1  # in it, each of which is refused by itself


@dataclass(frozen=True, slots=True)
class Hit:
    """What came of a shot: the processor time it took, and what was wrong."""

    name: str
    milliseconds: float
    wrong: str = ""


def asked(
    name: str, query: str, code: str, *, path: str = "/graphql", variables: object = None, **headers: str
) -> Shot:
    """A document, with variables; each time with another comment at its end."""
    given = f', "variables": {json.dumps(variables)}' if variables is not None else ""
    text = json.dumps(query)[:-1]
    return Shot(name, code, lambda n: f'{{"query": {text}\\n#{n}"{given}}}'.encode(), path, headers={**JSON, **headers})


def raw(name: str, content: bytes | Callable[[int], bytes], code: str, **more: Any) -> Shot:
    """A body as it is."""
    return Shot(name, code, content if callable(content) else lambda _: content, **more)


async def fired(client: httpx.AsyncClient, meter: Meter, shot: Shot, *, times: int) -> Hit:
    """The shot, fired a few times, one after the other."""

    async def once(number: int) -> str:
        answer = await client.request(shot.method, shot.path, content=shot.content(number), headers=dict(shot.headers))
        return _wrong(shot, answer)

    return await least(shot.name, meter, once, times=times, share=1 / shot.tries)


async def least(name: str, meter: Meter, fire: Callable[[int], Awaitable[str]], *, times: int, share: float = 1) -> Hit:
    """What firing takes at the least, and what was wrong.

    What takes too long is fired more often: on a machine that is busy with others everything takes longer, and the
    best try is the nearest to what it really takes.
    """
    best = math.inf
    for number in range(MOST_TRIES):
        before = meter.seconds()
        wrong = await fire(number)
        best = min(best, 1000 * share * (meter.seconds() - before))
        if wrong:
            return Hit(name, best, wrong)
        if best <= MOST_MS and number + 1 >= times:
            break
    return Hit(name, best, "" if best <= MOST_MS else f"{name}: {best:.1f} ms")


def codes_in(value: object) -> Iterator[str]:
    """Every code in an answer: of errors, and of the errors of a payload."""
    pending = [value]
    while pending:
        match pending.pop():
            case {"code": str(code)}:
                yield code
            case dict() as members:
                pending += members.values()
            case list() as items:
                pending += items


def _wrong(shot: Shot, answer: httpx.Response) -> str:
    if answer.status_code not in shot.statuses:
        return f"{shot.name}: {answer.status_code}, {answer.text[:MOST_TOLD]}"
    if shot.code not in (codes := set(codes_in(_decoded(answer)))) or "INTERNAL_ERROR" in codes:
        return f"{shot.name}: {shot.code}, not {sorted(codes)} in {answer.text[:MOST_TOLD]}"
    return ""


def _decoded(answer: httpx.Response) -> object:
    """What was answered, as JSON or as an event stream."""
    if answer.headers.get("content-type", "").startswith("text/event-stream"):
        return [json.loads(line[6:]) for line in answer.text.splitlines() if line.startswith("data: {")]
    try:
        return answer.json()
    except ValueError:
        return None


async def quiet(meter: Meter) -> None:
    """Wait until the server has nothing more to do of what it was asked before."""
    while True:
        before = meter.seconds()
        await asyncio.sleep(0.2)  # another process gives no event to wait for
        if meter.seconds() - before < 0.01:
            return
