"""The words of a text in HTML, for summaries, search and letters."""

from html.parser import HTMLParser

_BREAKS = {"p", "br", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6"}
_BREAKS |= {"tr", "td", "th", "table", "blockquote"}
_UNSEEN = {"script", "style", "template"}


def plain_text(html: str) -> str:
    """The words a reader sees, with single spaces. Anything at all is accepted: it is text until it proves a tag."""
    if "<" not in html and "&" not in html:
        return " ".join(html.split())
    words = _Words()
    words.feed(html)
    words.close()
    return " ".join("".join(words.pieces).split())


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        if tag in _BREAKS:
            self.pieces.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN and self._unseen > 0
        if tag in _BREAKS:
            self.pieces.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.pieces.append(data)
