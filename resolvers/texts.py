"""Plain text out of HTML, and shorter text out of long."""

from html.parser import HTMLParser

from resolvers.mistakes import BadArgument

ELLIPSIS = "..."
SILENT = frozenset({"script", "style", "template"})


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in SILENT

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in SILENT and self._silent > 0

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words += data.split()


def plain(html: str) -> str:
    """The words of a piece of HTML on one line."""
    parser = _Words()
    parser.feed(html)
    parser.close()
    return " ".join(parser.words)


def shortened(text: str, longest: int | None) -> str:
    """The text, cut so that it has at most `longest` characters, the dots included."""
    if longest is None or len(text) <= longest:
        return text
    if longest < 1:
        raise BadArgument("`truncateAt` must be at least 1.", argument="truncateAt")
    return text[: max(longest - len(ELLIPSIS), 0)].rstrip() + ELLIPSIS[:longest]
