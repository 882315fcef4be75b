"""Pages by keyset: every row once, in both directions, while rows come and go."""

import datetime as dt
from typing import NamedTuple

import pytest
from tortoise.backends.base.client import BaseDBAsyncClient

from models.catalog import Product
from resolvers.mistakes import BadArgument, BadCursor
from resolvers.paging import Page, Sort, Window, page_of, page_of_rows, seal

NOW = dt.datetime(2026, 4, 1, 12, tzinfo=dt.UTC)
BY_TITLE = Sort("TITLE", "title", str)
NEWEST_FIRST = Sort("CREATED_AT", "created_at", dt.datetime, descending=True)


class Row(NamedTuple):
    id: int
    title: str
    created_at: dt.datetime


@pytest.fixture
async def shelf(database: BaseDBAsyncClient) -> None:
    """Seven products; three share a title, two a moment."""
    for number, title in enumerate(["d", "b", "b", "a", "b", "c", "e"], start=1):
        made = NOW + dt.timedelta(seconds=number // 2)
        await Product.create(id=number, handle=f"p{number}", title=title, created_at=made, updated_at=made)


async def page(sort: Sort, **window: object) -> Page[Row]:
    return await page_of(Product.all(), Row, sort, Window(**window))  # type: ignore[arg-type]


def ids(page: Page[Row]) -> list[int]:
    return [row.id for row in page.nodes]


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize("sort", [Sort("ID"), BY_TITLE, NEWEST_FIRST], ids=lambda sort: sort.name)
@pytest.mark.parametrize("reverse", [False, True])
async def test_walking_forward_and_backward_meets_every_product_once(sort: Sort, reverse: bool) -> None:
    everything = ids(await page(sort, first=250, reverse=reverse))
    forward: list[int] = []
    backward: list[int] = []
    here = await page(sort, first=2, reverse=reverse)
    forward += ids(here)
    while here.has_next:
        here = await page(sort, first=2, after=here.page_info.end_cursor, reverse=reverse)
        forward += ids(here)
    here = await page(sort, last=2, reverse=reverse)
    backward = ids(here) + backward
    while here.has_previous:
        here = await page(sort, last=2, before=here.page_info.start_cursor, reverse=reverse)
        backward = ids(here) + backward

    assert sorted(everything) == [1, 2, 3, 4, 5, 6, 7]
    assert forward == everything
    assert backward == everything


@pytest.mark.usefixtures("shelf")
async def test_a_row_deleted_under_a_cursor_moves_nobody() -> None:
    first = await page(BY_TITLE, first=3)
    await Product.filter(id=first.nodes[-1].id).delete()

    second = await page(BY_TITLE, first=3, after=first.page_info.end_cursor)

    assert not set(ids(first)) & set(ids(second))
    assert len(ids(second)) == 3


@pytest.mark.usefixtures("shelf")
async def test_a_page_says_whether_there_is_more_on_either_side() -> None:
    middle = await page(Sort("ID"), first=2, after=(await page(Sort("ID"), first=2)).page_info.end_cursor)

    assert (middle.page_info.has_previous_page, middle.page_info.has_next_page) == (True, True)
    assert (await page(Sort("ID"), first=7)).page_info.has_next_page is False


@pytest.mark.usefixtures("shelf")
async def test_a_page_of_nothing_has_no_cursors() -> None:
    empty = await page(Sort("ID"), first=0)

    assert (empty.nodes, empty.page_info.start_cursor, empty.page_info.end_cursor) == ([], None, None)


@pytest.mark.usefixtures("shelf")
async def test_a_cursor_belongs_to_the_order_it_was_made_in() -> None:
    cursor = (await page(BY_TITLE, first=1)).page_info.end_cursor

    with pytest.raises(BadCursor):
        await page(NEWEST_FIRST, first=1, after=cursor)


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    "cursor",
    [
        "nonsense",
        "Ω",
        "\ud800",
        seal([]),
        seal(["TITLE", {"a": 1}, 1]),
        seal(["TITLE", "a", 2**70 // 3 % 2**62 + 2**62]),
        seal(["TITLE", "a\x00", 1]),
        seal(["TITLE", 5, 1]),
        seal(["TITLE", None, 1]),
    ],
)
async def test_a_cursor_that_was_never_handed_out_is_refused(cursor: str) -> None:
    with pytest.raises(BadCursor):
        await page(BY_TITLE, first=1, after=cursor)


@pytest.mark.usefixtures("shelf")
async def test_a_cursor_with_a_false_moment_is_refused() -> None:
    with pytest.raises(BadCursor):
        await page(NEWEST_FIRST, first=1, after=seal(["CREATED_AT", "yesterday", 1]))


@pytest.mark.parametrize("size", [-1, 251, 10**9])
@pytest.mark.parametrize("end", ["first", "last"])
def test_a_page_size_outside_the_limits_is_refused(size: int, end: str) -> None:
    with pytest.raises(BadArgument, match="between 0 and 250"):
        Window(**{end: size})  # type: ignore[arg-type]


def test_a_page_is_counted_from_one_end() -> None:
    with pytest.raises(BadArgument, match="not both"):
        Window(first=1, last=1)


def test_a_list_in_memory_pages_the_same_way() -> None:
    rows = [Row(number, str(number), NOW) for number in (1, 2, 3, 4)]
    first = page_of_rows(rows, Window(first=3), key=lambda row: row.id)
    rest = page_of_rows(rows, Window(first=3, after=first.page_info.end_cursor), key=lambda row: row.id)
    end = page_of_rows(rows, Window(last=2, before=rest.page_info.start_cursor), key=lambda row: row.id)

    assert (ids(first), ids(rest), ids(end)) == ([1, 2, 3], [4], [2, 3])
    assert (first.has_next, rest.has_next, rest.has_previous, end.has_previous) == (True, False, True, True)
