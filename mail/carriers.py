"""What carries letters: a folder of files to begin with, a mail server for a real shop."""

import asyncio
import os
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import unquote, urlsplit

from mail.letters import Mailer, Undeliverable

SECONDS = 20
PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class Folder:
    """Writes each letter as a file with the ending `.eml`, which mail programs open. The owner alone reads them."""

    path: Path

    async def send(self, letter: EmailMessage) -> None:
        """Write the letter down, whole before it has its name; the same letter again takes the place of the first."""
        await asyncio.to_thread(self._write, letter)

    def _write(self, letter: EmailMessage) -> None:
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = letter["Message-ID"].strip("<>").partition("@")[0]
        draft = self.path / f"{name}.draft"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(letter.as_bytes())
        draft.rename(self.path / f"{name}.eml")


@dataclass(frozen=True, slots=True)
class Server:
    """Hands letters to a mail server: `smtp://` goes over to TLS where the server can, `smtps://` begins with it."""

    url: str

    async def send(self, letter: EmailMessage) -> None:
        """Hand the letter on; refused for good, it is Undeliverable."""
        await asyncio.to_thread(self._hand_over, letter)

    def _hand_over(self, letter: EmailMessage) -> None:
        parts = urlsplit(self.url)
        kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
        with kind(parts.hostname or "", parts.port or PORTS[parts.scheme], timeout=SECONDS) as server:
            server.ehlo()
            if parts.scheme == "smtp" and server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            try:
                server.send_message(letter)
            except smtplib.SMTPException as refused:
                if _is_final(refused):
                    raise Undeliverable from refused
                raise


def _is_final(refused: smtplib.SMTPException) -> bool:
    match refused:
        case smtplib.SMTPRecipientsRefused():
            return all(500 <= code < 600 for code, _ in refused.recipients.values())
        case smtplib.SMTPDataError():
            return 500 <= refused.smtp_code < 600
        case _:
            return isinstance(refused, smtplib.SMTPNotSupportedError)


def mailer_of(url: str, folder: Path) -> Mailer:
    """The mail server at this address; without one, letters are files in the folder."""
    return Server(url) if url else Folder(folder)


def mail_address_of(text: str) -> str:
    """The address of a mail server, found valid; ValueError says why it is not."""
    parts = urlsplit(text)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError("it must be like smtp://user:password@host:587 or smtps://user:password@host")
    return text
