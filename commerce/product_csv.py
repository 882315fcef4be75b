"""The common product CSV format: its columns, the words in its cells, and the problems a cell can have."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TypeVar
from urllib.parse import urlsplit

from commerce.product_drafts import HIGHEST_PRICE
from models.catalog import InventoryPolicy, ProductStatus
from models.money import Money

HANDLE = "Handle"
OPTION_NAMES = ("Option1 Name", "Option2 Name", "Option3 Name")
OPTION_VALUES = ("Option1 Value", "Option2 Value", "Option3 Value")
SWATCHES = ("Option1 Swatch", "Option2 Swatch", "Option3 Swatch")
"""Ours: the colour or picture of the row's option value."""
PLACES = ("Option1 Place", "Option2 Place", "Option3 Place")
"""Ours: where among its option's values the row's value is offered, where that is not the order of the rows."""
IMAGE_SIZE = ("Image Width", "Image Height")
"""Ours: pixels."""
COLUMNS = (
    *(HANDLE, "Title", "Body (HTML)", "Vendor", "Type", "Tags", "Published"),
    *(column for some in zip(OPTION_NAMES, OPTION_VALUES, SWATCHES, PLACES, strict=True) for column in some),
    *("Variant SKU", "Variant Grams", "Variant Inventory Tracker", "Variant Inventory Qty"),
    *("Variant Inventory Policy", "Variant Fulfillment Service", "Variant Price", "Variant Compare At Price"),
    *("Variant Requires Shipping", "Variant Taxable", "Variant Barcode"),
    *("Image Src", "Image Position", "Image Alt Text", *IMAGE_SIZE),
    *("Gift Card", "SEO Title", "SEO Description", "Variant Image", "Variant Weight Unit", "Variant Tax Code"),
    *("Unit Price Total Measure", "Unit Price Total Measure Unit"),
    *("Unit Price Base Measure", "Unit Price Base Measure Unit"),
    *("Cost per item", "Status"),
)
OURS = {*SWATCHES, *PLACES, *IMAGE_SIZE}
"""Columns nobody else's files have; written only where they say something."""
TRACKED = "shopify"
"""The format's word for stock that is counted by the shop itself."""

Word = TypeVar("Word")
Read = TypeVar("Read")
WEIGHTS = {"g": "GRAMS", "kg": "KILOGRAMS", "oz": "OUNCES", "lb": "POUNDS"}
POLICIES = {"deny": InventoryPolicy.DENY, "continue": InventoryPolicy.CONTINUE}
STATUSES = {status.value.lower(): status for status in ProductStatus}
_YES_NO = {"true": True, "false": False, "yes": True, "no": False, "1": True, "0": False}
_PRICE = re.compile(r"[0-9]{1,15}(\.[0-9]{1,6})?")
_WHOLE = re.compile(r"-?[0-9]{1,9}(\.0+)?")
_NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a file: where, and what would be right. Lines count from 1, the header is line 1."""

    line: int
    column: str | None
    message: str

    def told(self, file: str) -> str:
        """As one line for the person who made the file."""
        place = f"{file}, line {self.line}" + (f", column {self.column}" if self.column else "")
        return f"{place}: {self.message}"


class BadFile(Exception):
    """A file with problems; nothing of it was kept."""

    def __init__(self, file: str, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(problem.told(file) for problem in problems))
        self.file = file
        self.problems = tuple(problems)


class BadCell(ValueError):
    """The text of a cell cannot be understood; the message says what would be."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record: the line it starts on and its cells by column, only the columns the file has."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(slots=True)
class Reading:
    """Reads the cells of one product: collects problems, so that a file is mended once and not ten times."""

    columns: frozenset[str]
    currency: str
    problems: list[Problem] = field(default_factory=list)

    def cell(self, row: Row, column: str, read: Callable[[str], Read], *, kept: Read, blank: Read) -> Read:
        """What the cell says; `kept` where the file has no such column, `blank` where the cell is empty."""
        if column not in self.columns:
            return kept
        if not row[column]:
            return blank
        try:
            return read(row[column])
        except BadCell as problem:
            self.wrong(row, column, str(problem))
            return blank

    def wrong(self, row: Row, column: str, message: str) -> None:
        """Note a problem of this row."""
        self.problems.append(Problem(row.line, column, message))


def word(words: Mapping[str, Word]) -> Callable[[str], Word]:
    """A reader of cells that hold one of a few words."""

    def read(text: str) -> Word:
        if text.lower() not in words:
            *others, last = words
            raise BadCell(f"{text!r} should be {', '.join(others)} or {last}.")
        return words[text.lower()]

    return read


def yes_no(text: str) -> bool:
    """A cell that says true or false."""
    if text.lower() not in _YES_NO:
        raise BadCell(f"{text!r} should be true or false.")
    return _YES_NO[text.lower()]


def price(currency: str) -> Callable[[str], int]:
    """A reader of decimal amounts of this currency into minor units, exactly."""

    def read(text: str) -> int:
        try:
            minor = Money.of(text, currency).minor if _PRICE.fullmatch(text) else -1
        except ValueError as finer:
            raise BadCell(f"{finer}.") from finer
        if not 0 <= minor <= HIGHEST_PRICE:
            raise BadCell(f"{text!r} should be a plain amount such as 19.90: digits, and a point for decimals.")
        return minor

    return read


def whole(text: str) -> int:
    """A cell that counts."""
    if not _WHOLE.fullmatch(text):
        raise BadCell(f"{text!r} should be a whole number such as 12.")
    return int(text.partition(".")[0])


def number(text: str) -> float:
    """A cell that measures, not money."""
    if not _NUMBER.fullmatch(text):
        raise BadCell(f"{text!r} should be a number such as 750 or 0.5.")
    return float(text)


def grams(text: str) -> int:
    """A weight in grams, rounded to whole ones."""
    if not _NUMBER.fullmatch(text):
        raise BadCell(f"{text!r} should be a weight in grams such as 250.")
    return int(Decimal(text).to_integral_value(ROUND_HALF_EVEN))


def tags(text: str) -> tuple[str, ...]:
    """Tags parted by commas."""
    return tuple(tag for part in text.split(",") if (tag := part.strip()))


def address(text: str) -> str:
    """The address of a picture: of the web, or below our own media."""
    try:
        parts = urlsplit(text)
        right = (parts.scheme in {"http", "https"} and bool(parts.hostname)) or text.startswith("/media/")
    except ValueError:
        right = False
    if not right or re.search(r"[\s<>\"\x00-\x1f]", text):
        raise BadCell(f"{text!r} should be a picture's address beginning with https://.")
    return text


def swatch(text: str) -> tuple[str | None, str | None]:
    """A colour like #2f6f4e, or the address of a picture."""
    if re.fullmatch(r"#[0-9a-fA-F]{6}([0-9a-fA-F]{2})?", text):
        return text, None
    if text.startswith("#"):
        raise BadCell(f"{text!r} should be a colour such as #2f6f4e.")
    return None, address(text)
