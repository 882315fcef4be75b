"""The benchmark's arithmetic: ratios, growth, what is written of them; and clients that read whole answers."""

import asyncio
from collections.abc import Sequence
from xml.etree import ElementTree as ET

import pytest

from bench.contest import Heard
from bench.figures import By, Goal, Measured, growth, ratio
from bench.load import NothingLeft, Reading, client_at, heard_of, posted
from bench.picture import picture
from bench.results import Circumstances, below, written
from bench.rounds import Differs, compare, difference
from commands import Refusal
from commands.benchmark import bench


def heard(
    *, per_second: float = 10, cpu_ms: float = 2, database_ms: float = 1, late: Sequence[float] = (0.1,)
) -> Heard:
    """Ten seconds of it."""
    requests = int(per_second * 10)
    return Heard(requests, 10.0, requests * cpu_ms / 1_000, tuple(late), requests * database_ms / 1_000)


UNDER = Circumstances("PostgreSQL 18", 2_000, 3, 4, {"shopwright": "the shop", "json_agg": "JSON in PostgreSQL"})
MEASURED: Measured = {
    ("Q2", "shopwright"): [heard(cpu_ms=2), heard(cpu_ms=4), heard(cpu_ms=3)],
    ("Q2", "reference"): [heard(cpu_ms=20), heard(cpu_ms=48), heard(cpu_ms=30)],
    ("Q2", "json_agg"): [heard(per_second=speed, cpu_ms=0.5, database_ms=6.5) for speed in (50, 40, 10)],
    ("checkout", "shopwright"): [heard(per_second=30)] * 3,
    ("checkout", "raw SQL"): [heard(per_second=60, cpu_ms=0)] * 3,
    ("growth", "shopwright"): [heard(per_second=5)] * 3,
}


def test_a_round_is_compared_with_itself_and_the_middle_one_counts() -> None:
    assert ratio(MEASURED, Goal("Q2", "reference", By.PROCESSOR, 6, 10)) == 10  # of 10, 12 and 10
    assert ratio(MEASURED, Goal("Q2", "json_agg", By.REQUESTS, 0.5, 1)) == 0.25  # of 0.2, 0.25 and 1
    assert ratio(MEASURED, Goal("Q2", "vendure", By.REQUESTS, 40, 100)) is None


def test_growth_is_how_much_longer_a_request_takes_in_the_bigger_shop() -> None:
    assert growth(MEASURED) == 2


def test_figures_of_a_round_are_for_one_request_and_in_milliseconds() -> None:
    one = heard(per_second=20, cpu_ms=1.5, late=[number / 1_000 for number in range(1, 100)])

    assert (one.per_second, round(one.cpu_ms, 6), one.p50_ms, round(one.p99_ms, 3)) == (20, 1.5, 50, 99)


def test_the_results_say_what_was_reached_and_what_was_not() -> None:
    text = written(MEASURED, UNDER)

    assert "| Q2 | reference | processor | 10.00 | 6 | 10 | yes |" in text
    assert "| Q2 | json_agg | requests/s | 0.25 | 0.5 | 1 | no |" in text
    assert "| checkout | raw SQL | requests/s | 0.50 | 0.25 | 0.5 | yes |" in text
    assert "| growth | Q2 | time | 2.00 | at most 1.2 | 1 | no |" in text
    assert "| checkout | raw SQL | 60.0 | 100.0 | 100.0 |  | 1.000 |" in text
    assert "| Q2 | json_agg | 0.17 | 1.75 | 0.25 |" in text, "by the server, with PostgreSQL's, by requests"
    assert "| checkout | raw SQL |  |  | 0.50 |" in text
    assert "vendure" not in text
    assert below(MEASURED) == ["Q2 over json_agg: 0.25, wanted 0.5", "growth over Q2: 2.00, wanted at most 1.2"]


def test_the_picture_has_a_bar_of_two_parts_for_everybody() -> None:
    drawn = ET.fromstring(picture(MEASURED))  # noqa: S314 - drawn a moment ago
    bars = [bar for bar in drawn.iter("{http://www.w3.org/2000/svg}rect") if not bar.get("class")]
    words = " ".join(text.text or "" for text in drawn.iter("{http://www.w3.org/2000/svg}text"))

    assert len(bars) == 2 * len(MEASURED)
    assert "json_agg 0.500 + 6.5 ms" in words
    assert "checkout: a cart of 2 lines becomes a paid order" in words


def test_answers_are_compared_to_the_last_value() -> None:
    ours = {"a": [{"b": 1, "c": None}], "d": "x"}

    assert difference(ours, {"d": "x", "a": [{"c": None, "b": 1}]}) == ""
    assert difference(ours, {"d": "x", "a": [{"c": None, "b": 1.0}]}) == "the answer.a[0].b: 1, 1.0"
    assert difference(ours, {"d": "x", "a": []}).startswith("the answer.a:")
    assert difference(ours, {"d": "x"}).startswith("the answer:")


BODIES = (b'{"data":{"a":[1,2]}}', b'{"data":{"a":[1,2]}}', b'{"data":{"a":[1]}}', b'{"data":null,"errors":[]}')


async def served(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answers with one body after the other, whichever the path names, in three parts."""
    while head := await reader.readuntil(b"\r\n\r\n"):
        await reader.readexactly(int(head.partition(b"Content-Length: ")[2].split(b"\r\n")[0]))
        body = BODIES[int(head[6:7])]
        answer = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
        for part in (answer[:20], answer[20:50], answer[50:]):
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(0)


async def test_clients_read_whole_answers_however_they_come_and_stop_at_errors() -> None:
    async with await asyncio.start_server(served, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        first, same, other = (Reading(port, f"/{place}", {}, ()) for place in range(3))
        await compare({"shopwright": {"Q1": first}, "plain": {"Q1": same}})
        with pytest.raises(Differs, match=r"Q1: plain does not answer as shopwright does, at the answer.data.a"):
            await compare({"shopwright": {"Q1": first}, "plain": {"Q1": other}})
        async with client_at(port) as client:
            assert await client.ask(posted("/0", {})) == BODIES[0]
            assert await client.ask(posted("/2", {})) == BODIES[2]
            with pytest.raises(RuntimeError, match="answered 200"):
                await client.ask(posted("/3", {}))


async def test_clients_with_nothing_left_to_ask_are_done_before_the_time_is_over() -> None:
    left = iter(range(3))

    async def ask() -> None:
        if next(left, None) is None:
            raise NothingLeft

    short = await heard_of([ask, ask], (), 60.0)

    assert short.requests == 3
    assert short.seconds < 30


def test_a_benchmark_of_nothing_is_refused_before_anything_starts() -> None:
    with pytest.raises(Refusal, match="101 or more"):
        bench(products=100)
    with pytest.raises(Refusal, match="no workload 'Q9'"):
        bench(only=["Q1", "Q9"])
