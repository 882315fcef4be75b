"""What a letter is, what carries it, and the texts letters are written from."""

import datetime as dt
import re
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from functools import cache
from pathlib import Path
from string import Template
from typing import Protocol

TEXTS = Path(__file__).parent / "texts"
GAPS = re.compile(r"\n{3,}")


class Undeliverable(Exception):
    """Nobody takes this letter, and trying again would not change that."""


class Mailer(Protocol):
    """Carries letters. It returns once somebody else answers for the letter; what it raises is tried again later."""

    async def send(self, letter: EmailMessage) -> None:
        """Hand the letter on; raises Undeliverable for one that is never to be taken."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: the shop's name and an address that takes answers."""

    name: str
    address: str

    def letter(self, text: str, *, to: str, message_id: str, when: dt.datetime, **words: str) -> EmailMessage:
        """A letter from one of our texts, whose first line is the subject. The same fact gives the same message id."""
        subject, _, body = _text(text).safe_substitute(words, shop=self.name).partition("\n\n")
        letter = EmailMessage()
        letter["From"] = formataddr((_one_line(self.name), self.address))
        letter["To"] = _one_line(to)
        letter["Subject"] = _one_line(subject)
        letter["Date"] = format_datetime(when)
        letter["Message-ID"] = f"<{message_id}@{self.address.rpartition('@')[2]}>"
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(GAPS.sub("\n\n", body))
        return letter


@cache
def _text(name: str) -> Template:
    return Template((TEXTS / f"{name}.txt").read_text(encoding="utf-8"))


def _one_line(text: str) -> str:
    """A header's text: whatever breaks lines is a space, so that nobody adds headers of their own."""
    return " ".join(text.split())
