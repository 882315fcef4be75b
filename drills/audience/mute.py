"""Somebody who opens a stream and then reads nothing of it."""

import asyncio
import socket
import time
from typing import Any
from urllib.parse import urlsplit

import orjson

from drills.audience.follower import FOLLOW
from drills.audience.line import CLOSE, HEAD, TEXT, frame_in, frame_out
from drills.ground.running import RunningShop

SMALL = 4_096


class Mute:
    """A socket with the smallest of buffers. What became of it is looked at without reading: that would be a sign."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self.closed_at = 0.0

    @classmethod
    async def following(cls, order: tuple[str, str], shop: RunningShop) -> "Mute":
        """One who has subscribed and heard nothing yet."""
        where: Any = urlsplit(shop.address)
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL)
        connection.setblocking(False)
        loop = asyncio.get_running_loop()
        await loop.sock_connect(connection, (where.hostname, where.port))
        await loop.sock_sendall(connection, HEAD.format("dGhlIHNhbXBsZSBub25jZQ==").encode())
        await loop.sock_recv(connection, SMALL)
        payload = {"query": FOLLOW, "variables": {"id": order[0], "token": order[1]}}
        for message in ({"type": "connection_init"}, {"id": "1", "type": "subscribe", "payload": payload}):
            await loop.sock_sendall(connection, frame_out(TEXT, orjson.dumps(message)))
        return cls(connection)

    async def reason(self, *, seconds: float) -> tuple[int, str]:
        """Wait, without reading, until the server has closed; then the code and the reason that are found."""
        ends = time.monotonic() + seconds
        while not self._closed() and time.monotonic() < ends:  # noqa: ASYNC110 - to read would be to listen
            await asyncio.sleep(0.1)
        self.closed_at = time.monotonic()
        self._connection.setblocking(True)
        self._connection.settimeout(1)
        found = bytearray()
        with self._connection:
            try:
                while some := self._connection.recv(65_536):
                    found += some
            except OSError:
                pass
        while (frame := frame_in(found)) is not None:
            if frame[0] == CLOSE:
                return int.from_bytes(frame[1][:2]), frame[1][2:].decode()
        return 0, ""

    def _closed(self) -> bool:
        """Whether the peer has sent its end: TCP_CLOSE_WAIT, seen without taking anything out of the buffer."""
        state = self._connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0]
        return state not in (1, 2)
