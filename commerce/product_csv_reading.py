"""From the bytes of a CSV file to its rows by product, each cell still text, each row knowing its line."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from commerce.product_csv import COLUMNS, HANDLE, BadFile, Problem, Row

LONGEST_CELL = 5_000_000
csv.field_size_limit(LONGEST_CELL)  # descriptions may be long; the csv module stops at 128 kB by itself


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file's rows by handle, in the order handles first appear; the columns it has and those nobody knows."""

    file: str
    columns: frozenset[str]
    unknown: tuple[str, ...]
    products: dict[str, tuple[Row, ...]]


def read_sheet(content: bytes, *, file: str) -> Sheet:
    """Take a file apart. Raises BadFile with everything that keeps it from being a sheet of products."""
    records = _records(_text(content, file), file)
    _, header = next(records, (1, []))
    names = _names(header, file)
    rows, problems = [], []
    for line, cells in records:
        row, problem = _row(line, cells, names)
        if problem:
            problems.append(problem)
        elif row:
            rows.append(row)
    if problems:
        raise BadFile(file, problems)
    known = {column for column in names if column in COLUMNS}
    unknown = tuple(column for column in names if column and column not in COLUMNS)
    return Sheet(file, frozenset(known), unknown, _by_handle(rows))


def _text(content: bytes, file: str) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise BadFile(file, [Problem(1, None, "this is UTF-16 text; save it as “CSV UTF-8”.")])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadFile(file, [Problem(line, None, "this is not UTF-8 text; save it as “CSV UTF-8”.")]) from None
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise BadFile(file, [Problem(line, None, "a NUL character is in the text; remove it.")])
    return text


def _records(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """Records with the line each starts on; a record may span lines inside quotes."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise BadFile(file, [Problem(line, None, _advice(error))]) from None
        if cells is None:
            return
        yield line, cells


def _advice(error: csv.Error) -> str:
    text = str(error)
    if "field larger than" in text:
        return f"a cell is longer than {LONGEST_CELL:,} characters; a quote may be missing before it."
    if "unexpected end" in text:
        return "a quoted cell that begins here or later never ends; close it with a double quote."
    return 'the quotes are not right; a cell with quotes in it is written "like ""this""".'


def _names(header: Iterable[str], file: str) -> list[str]:
    known = {column.casefold(): column for column in COLUMNS}
    names = [known.get(name.strip().casefold(), name.strip()) for name in header]
    if HANDLE not in names:
        told = "the first line must name the columns, Handle among them, parted by commas."
        raise BadFile(file, [Problem(1, HANDLE, told)])
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise BadFile(file, [Problem(1, name, "this column is there twice; keep one.") for name in twice])
    return names


def _row(line: int, cells: list[str], names: list[str]) -> tuple[Row | None, Problem | None]:
    if not any(cell.strip() for cell in cells):
        return None, None
    if any(cell.strip() for cell in cells[len(names) :]):
        told = f"there are {len(cells)} cells, the header names {len(names)}; quote cells that hold a comma."
        return None, Problem(line, None, told)
    row = Row(line, {name: _trimmed(name, cell) for name, cell in zip(names, cells, strict=False) if name})
    if not row[HANDLE]:
        return None, Problem(line, HANDLE, "each row needs the handle of its product, such as wool-blanket.")
    return row, None


def _trimmed(column: str, cell: str) -> str:
    return cell if column == "Body (HTML)" else cell.strip()


def _by_handle(rows: Iterable[Row]) -> dict[str, tuple[Row, ...]]:
    products: dict[str, list[Row]] = {}
    for row in rows:
        products.setdefault(row[HANDLE], []).append(row)
    return {handle: tuple(some) for handle, some in products.items()}
