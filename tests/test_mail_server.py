"""Letters handed to a mail server, over a real socket."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest

from mail.carriers import Server
from mail.letters import Sender, Undeliverable
from tests.shop import NOON

LETTER = Sender("The Wool Shop", "shop@wool.example").letter(
    "recover", to="ada@example.com", message_id="one", when=NOON, link="https://wool.example/"
)


@dataclass
class PostOffice:
    """A mail server of few words. It answers a recipient with `to_recipients`."""

    to_recipients: str = "250 ok"
    after_taking: Callable[[], object] = lambda: None
    taken: list[str] = field(default_factory=list)

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 here\r\n")
        while line := (await reader.readline()).decode().strip():
            verb = line.upper()[:4]
            if verb == "DATA":
                writer.write(b"354 go on\r\n")
                self.taken.append((await reader.readuntil(b"\r\n.\r\n")).decode())
                self.after_taking()
            answer = {"RCPT": self.to_recipients, "QUIT": "221 bye"}.get(verb, "250 ok")
            writer.write(f"{answer}\r\n".encode())
            if verb == "QUIT":
                break
        writer.close()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Server]:
        listening = await asyncio.start_server(self.talk, "127.0.0.1", 0)
        async with listening:
            yield Server(f"smtp://127.0.0.1:{listening.sockets[0].getsockname()[1]}")


async def test_a_mail_server_takes_a_letter() -> None:
    office = PostOffice()
    async with office.open() as server:
        await server.send(LETTER)

    assert "To: ada@example.com" in office.taken[0]
    assert "https://wool.example/" in office.taken[0]


async def test_a_recipient_nobody_knows_is_undeliverable() -> None:
    async with PostOffice("550 no such person").open() as server:
        with pytest.raises(Undeliverable):
            await server.send(LETTER)


async def test_a_full_letter_box_and_a_server_that_is_away_are_tried_again() -> None:
    async with PostOffice("452 full").open() as server:
        with pytest.raises(OSError, match="full"):
            await server.send(LETTER)
    with pytest.raises(OSError, match="refused"):
        await server.send(LETTER)
