"""Words as they are compared: lower case, without accents, cut where letters and digits end."""

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 64
"""Longer words are cut: nobody types them, and an index has its limits."""

WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]"  # scripts without spaces: each sign is a word
    r"|[^\W_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]+"
)
ALONE = {"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "\u0131": "i"}
LETTERS = str.maketrans(ALONE)


def fold(text: str) -> str:
    """The text in lower case without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    return unicodedata.normalize("NFC", "".join(sign for sign in apart if not unicodedata.combining(sign)))


def words(text: str) -> list[str]:
    """The words of a text, folded, in order."""
    return [word[:LONGEST] for word in WORD.findall(fold(text))]


def folded(texts: Iterable[str | None], *, longest: int = 20_000) -> str:
    """The words of some texts as one text, for an index."""
    return " ".join(words(" ".join(text for text in texts if text)))[:longest]
