"""Somebody who opens a stream and then reads nothing of it."""

import asyncio
import socket
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import orjson

from drills.audience.follower import FOLLOW
from drills.audience.line import CLOSE, HEAD, TEXT, frame_in, frame_out
from drills.ground.running import RunningShop

SMALL = 4_096
PATIENCE = 2.0


class Mute:
    """A socket with the smallest of buffers. The end that waits in them is read when all is over."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

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

    def reason(self) -> tuple[int, str]:
        """Read at last: the code and the reason of the end that are found behind everything else."""
        self._connection.setblocking(True)
        self._connection.settimeout(PATIENCE)
        found = bytearray()
        with self._connection, suppress(OSError):
            while some := self._connection.recv(65_536):
                found += some
        while (frame := frame_in(found)) is not None:
            if frame[0] == CLOSE:
                return int.from_bytes(frame[1][:2]), frame[1][2:].decode()
        return 0, ""
