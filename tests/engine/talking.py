"""A WebSocket at the ASGI level: the test says and hears frames, and decides when the client goes away."""

import asyncio
import json
from typing import Any

from starlette.types import ASGIApp, Message, Scope


class Talk:
    """One socket. `hear` gives the next frame; `closed` waits for the server to close and gives the code."""

    def __init__(
        self, app: ASGIApp, *, subprotocols: tuple[str, ...] = ("graphql-transport-ws",), **headers: str
    ) -> None:
        self.takes = asyncio.Event()
        self.takes.set()
        self._to_server: asyncio.Queue[Message] = asyncio.Queue()
        self._from_server: asyncio.Queue[Message] = asyncio.Queue()
        scope: Scope = {
            "type": "websocket",
            "path": "/graphql",
            "query_string": b"",
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            "subprotocols": list(subprotocols),
            "client": ("192.0.2.1", 4711),
        }
        self._to_server.put_nowait({"type": "websocket.connect"})
        self.running = asyncio.ensure_future(app(scope, self._to_server.get, self._send))

    async def _send(self, message: Message) -> None:
        if message["type"] != "websocket.close":
            await self.takes.wait()
        self._from_server.put_nowait(message)

    def say(self, *frames: Any) -> None:
        """Send frames: text as it is, bytes as a binary frame, anything else as JSON."""
        for frame in frames:
            kind = "bytes" if isinstance(frame, bytes) else "text"
            value = frame if isinstance(frame, str | bytes) else json.dumps(frame)
            self._to_server.put_nowait({"type": "websocket.receive", kind: value})

    async def accepted(self) -> str | None:
        """The subprotocol the server chose."""
        message = await self._from_server.get()
        assert message["type"] == "websocket.accept"
        chosen: str | None = message.get("subprotocol")
        return chosen

    async def begin(self, **params: str) -> "Talk":
        """Shake hands, as a client that knows the protocol does."""
        assert await self.accepted() == "graphql-transport-ws"
        self.say({"type": "connection_init", "payload": params})
        assert await self.hear() == {"type": "connection_ack"}
        return self

    async def hear(self) -> Any:
        """The next frame, decoded."""
        message = await self._from_server.get()
        assert message["type"] == "websocket.send", message
        return json.loads(message["text"])

    async def closed(self) -> tuple[int, str]:
        """The code and reason with which the server closes; frames still on their way are passed over."""
        while (message := await self._from_server.get())["type"] != "websocket.close":
            pass
        await self.running
        return message["code"], message["reason"]

    async def leave(self) -> None:
        """Go away, and wait until the server has noticed."""
        self._to_server.put_nowait({"type": "websocket.disconnect", "code": 1001})
        await self.running

    def subscribe(self, query: str, *, id_: str = "1", **payload: Any) -> None:
        self.say({"id": id_, "type": "subscribe", "payload": {"query": query, **payload}})
