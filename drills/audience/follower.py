"""Somebody who follows an order and keeps account of every event: which came, which came twice, which never."""

import asyncio
import base64
import random
import time
from collections.abc import Sequence
from typing import Any

import orjson

from drills.audience.line import Line

FOLLOW = """subscription ($id: ID!, $token: String, $after: String) {
  orderStatus(id: $id, token: $token, after: $after) {
    cursor kind occurredAt order { name financialStatus fulfillmentStatus }
  }
}"""
PAUSE = 0.5  # seconds at most before connecting again
Address = tuple[str, int]


class Follower:
    """Connects, and again with its last cursor whenever it is cut off; to the next address where one is deaf."""

    def __init__(self, order: Sequence[str], addresses: Sequence[Address], *, seed: int) -> None:
        self._variables = {"id": order[0], "token": order[1]}
        self._addresses = list(addresses)
        self._random = random.Random(seed)
        self._line: Line | None = None
        self._again: asyncio.Task[None] | None = None
        self._stays = True
        self.cursor: str | None = None
        self.sequence: int | None = None
        self.heard_at = 0.0
        self.events = 0
        self.resumed = 0
        self.wrong: list[str] = []
        self.ends: list[tuple[int, str]] = []

    def follow(self) -> None:
        """Connect, in the background."""
        self._again = asyncio.ensure_future(self._connect())

    def cut(self) -> None:
        """Lose the connection."""
        if self._line is not None:
            self._line.cut()

    def leave(self) -> None:
        """Lose it for good."""
        self._stays = False
        self.cut()
        if self._again is not None:
            self._again.cancel()

    async def _connect(self) -> None:
        payload = {"query": FOLLOW, "variables": {**self._variables, "after": self.cursor}}
        while self._stays:
            host, port = self._addresses[0]
            try:
                _, self._line = await asyncio.get_running_loop().create_connection(
                    lambda: Line(payload, heard=self._hear, ended=self._end), host, port
                )
                return
            except OSError:
                self._addresses.append(self._addresses.pop(0))
                await asyncio.sleep(self._random.random() * PAUSE)

    def _hear(self, message: dict[str, Any]) -> None:
        self.heard_at = time.time()
        if message["type"] != "next" or message["payload"].get("errors"):
            self.wrong.append(f"an error: {orjson.dumps(message).decode()[:200]}")
            return
        event = message["payload"]["data"]["orderStatus"]
        place = sequence_of(event["cursor"])
        if self.sequence is not None:
            self.events += 1
            if place != self.sequence + 1 or event["kind"] == "snapshot":
                self.wrong.append(f"{event['kind']} {place} came after {self.sequence}")
        self.cursor, self.sequence = event["cursor"], place

    def _end(self, why: tuple[int, str]) -> None:
        self._line = None
        self.ends.append(why)
        if self._stays:
            self.resumed += 1
            self._again = asyncio.ensure_future(self._later())

    async def _later(self) -> None:
        await asyncio.sleep(self._random.random() * PAUSE)
        await self._connect()


def sequence_of(cursor: str) -> int:
    """The number of an event in its order's history."""
    place = orjson.loads(base64.urlsafe_b64decode(cursor.encode() + b"=="))
    return int(place[2])
