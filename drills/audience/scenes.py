"""What an audience goes through: cuts and crashes, a full house, somebody who does not listen, a house that closes."""

import asyncio
import os
import random
import signal
import time
from collections.abc import Callable, Sequence

import psutil

from drills.audience.halls import Audience, audience
from drills.audience.mute import Mute
from drills.audience.orders import SIGNED, changed, changed_all, cut_listening, gid, links_to, placed
from drills.ground.rounds import Ground, Round
from drills.ground.running import RunningShop, running_shop
from models.orders import Order

MOST_KIB = 60
MOST_SECONDS = 1.0
MOST_LEFT = 1.05
MOST_DELAY = 1.2
CLOSED_SECONDS = 15.0
EXIT_SECONDS = 10.0
QUIET_SECONDS = 15.0
LOOK_SECONDS = 2.5  # in which the server has counted its tasks once
PATIENCE = 120.0
OPTIONS = ("--no-demo", "--no-worker")
ROOMY = {"SHOPWRIGHT_STREAMS_PER_ADDRESS": "20000", "SHOPWRIGHT_STREAMS": "20000"}


async def cuts_and_crashes(ground: Ground, *, followers: int, orders: int, changes: int, cuts: float) -> Round:
    """Phones drop, a worker is killed, feeds are cut off: everybody ends with everything, once and in order."""
    followed = await placed(orders)
    given = links_to(followed, followers=followers)
    with running_shop(ground.database, ground.folder, "--workers", "2", *OPTIONS, **SIGNED, **ROOMY) as shop:
        async with audience(given, shop) as crowd:
            opened = await crowd.open()
            await crowd.cut(a_second=cuts)
            killed = await _a_bad_day(shop, followed, changes)
            await crowd.cut(a_second=0)
            places = {gid(order): 1 + changes for order in followed}
            told = await crowd.until(places, seconds=PATIENCE)
    checks = {
        f"{followers} streams open, not {opened}": opened == followers,
        f"everything told to everybody, and not too little to {told.late}": not told.late,
        f"everything once and in order: {told.words}": not told.wrong,
        f"{followers * changes} events, not {told.events}": told.events == followers * changes,
        "a worker killed and started again": killed == 1,
    }
    figures = {"streams": opened, "events": told.events, "resumed": told.resumed, "lost": told.late}
    return Round({**figures, "twice or out of order": told.wrong}, _missed("cuts and crashes", checks))


async def _a_bad_day(shop: RunningShop, orders: Sequence[Order], changes: int) -> int:
    """All changes; a worker killed after a quarter of them, the feeds cut off after a third and a half."""
    killed = 0
    for number in range(changes):
        if number == changes // 4:
            workers = _workers(shop)
            os.kill(random.choice(workers).pid, signal.SIGKILL)
            killed += len(workers) == 2
            await _until(lambda: len(_workers(shop)) == 2)
        if number in (changes // 3, changes // 2):
            await cut_listening()
        for order in random.sample(orders, len(orders)):
            await changed(order)
    return killed


async def full_house(ground: Ground, *, followers: int, events: int = 5, quiet: float = QUIET_SECONDS) -> Round:
    """One worker with so many streams: what each takes, how late the last hears, what is left when all have gone."""
    order = (await placed(1))[0]
    given = links_to([order], followers=followers)
    with running_shop(ground.database, ground.folder, *OPTIONS, **SIGNED, **ROOMY) as shop:
        async with audience(given, shop) as first:  # what the first crowd makes a process keep is no stream's
            await first.open()
            await first.leave()
            await _until(lambda: _figure(shop, "shopwright_subscriptions_open") == 0)
        before = await _settled(shop, quiet)
        async with audience(given, shop) as crowd:
            opened = await crowd.open()
            each = (memory_of(shop) - before[0]) / 1024 / followers
            delay = _middle(await _delays(crowd, order, events))
            await crowd.leave()
            await _until(lambda: _figure(shop, "shopwright_subscriptions_open") == 0)
        after = await _settled(shop, quiet, at_most=before)
    checks = {
        f"{followers} streams open, not {opened}": opened == followers,
        f"at most {MOST_KIB} KiB each, not {each:.1f}": each <= MOST_KIB,
        f"p99 at most {MOST_SECONDS:g} s, not {delay:.2f}": delay <= MOST_SECONDS,
        f"memory back within 5 %, not {after[0] / before[0] - 1:.1%}": after[0] <= before[0] * MOST_LEFT,
        f"tasks back within 5 %, not {after[1]} of {before[1]}": after[1] <= max(before[1] * MOST_LEFT, before[1] + 1),
    }
    figures = {
        "streams": opened,
        "bytes a stream": int(each * 1024),
        "p99 ms": int(delay * 1000),
        "memory left ‰": int((after[0] / before[0] - 1) * 1000),
    }
    return Round(figures, _missed("a full house", checks))


async def one_does_not_listen(ground: Ground, *, followers: int, events: int) -> Round:
    """The same events with and without somebody who reads nothing: how late the others hear, and how soon he is out."""
    order = (await placed(1))[0]
    given = links_to([order], followers=followers)
    with running_shop(ground.database, ground.folder, *OPTIONS, **SIGNED, **ROOMY) as shop:
        async with audience(given, shop) as crowd:
            await crowd.open()
            await _delays(crowd, order, events)
            alone = await _delays(crowd, order, events)
            mute = await Mute.following(given[0], shop)
            began = time.monotonic()
            beside = await _delays(crowd, order, events)
            await _until(lambda: _figure(shop, "shopwright_subscriptions_open") == followers)
            closed = time.monotonic() - began
            reason = mute.reason()
    ratio = _middle(beside) / _middle(alone)
    checks = {
        f"others at most a fifth later, not {ratio - 1:+.0%}": ratio < MOST_DELAY,
        f"closed within {CLOSED_SECONDS:g} s, not {closed:.1f}": closed <= CLOSED_SECONDS,
        f"a reason to be found: {reason}": reason[0] in (1001, 1013) and bool(reason[1]),
    }
    figures = {"events": 3 * events, "others' p99 %": int(ratio * 100), "closed after ms": int(closed * 1000)}
    return Round(figures, _missed("one does not listen", checks))


async def the_house_closes(ground: Ground, *, followers: int, orders: int) -> Round:
    """A worker is asked to end while all follow: everybody is told, it ends in time, and they go on elsewhere."""
    followed = await placed(orders)
    given = links_to(followed, followers=followers)
    with (
        running_shop(ground.database, ground.folder, *OPTIONS, **SIGNED, **ROOMY) as ends,
        running_shop(ground.database, ground.folder, *OPTIONS, **SIGNED, **ROOMY) as stays,
    ):
        async with audience(given, ends, stays) as crowd:
            opened = await crowd.open()
            await changed_all(followed)
            ends.process.send_signal(signal.SIGTERM)
            began = time.monotonic()
            await changed_all(followed)
            await asyncio.to_thread(ends.process.wait, EXIT_SECONDS * 3)
            seconds = time.monotonic() - began
            places, _ = await changed_all(followed)
            told = await crowd.until(places, seconds=PATIENCE)
    checks = {
        f"{followers} streams open, not {opened}": opened == followers,
        f"everybody told to come again, not {told.ends}": told.ends.get("1001", 0) >= followers,
        f"an end within {EXIT_SECONDS:g} s, not {seconds:.1f}": seconds <= EXIT_SECONDS,
        f"everything told to everybody, and not too little to {told.late}": not told.late,
        f"everything once and in order: {told.words}": not told.wrong,
    }
    figures = {"streams": opened, "events": told.events, "resumed": told.resumed, "exit ms": int(seconds * 1000)}
    return Round(figures, _missed("the house closes", checks))


async def _delays(crowd: Audience, order: Order, events: int) -> list[float]:
    return [await _delay(crowd, order) for _ in range(events)]


async def _delay(crowd: Audience, order: Order) -> float:
    """How long after a change's commit all but one in a hundred had been told."""
    places, at = await changed_all([order])
    told = await crowd.until(places, seconds=PATIENCE)
    return max(0.001, told.heard_at[len(told.heard_at) * 99 // 100] - at)


def _middle(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


def memory_of(shop: RunningShop) -> int:
    """Bytes that are this process's own."""
    return int(psutil.Process(shop.process.pid).memory_full_info().uss)


async def _settled(shop: RunningShop, quiet: float, *, at_most: tuple[int, float] | None = None) -> tuple[int, float]:
    """Memory and tasks when they have not shrunk for a while, or are where they were."""
    lowest, since = memory_of(shop), time.monotonic()
    while time.monotonic() - since < quiet and not (at_most and lowest <= at_most[0] * MOST_LEFT):
        await asyncio.sleep(0.2)
        now = memory_of(shop)
        if now < lowest * 0.99:
            lowest, since = now, time.monotonic()
    await asyncio.sleep(LOOK_SECONDS)
    return memory_of(shop), _figure(shop, "shopwright_tasks")


def _figure(shop: RunningShop, name: str) -> float:
    lines = [line for line in shop.get("/metrics").text.splitlines() if line.startswith(name)]
    return sum(float(line.rpartition(" ")[2]) for line in lines)


def _workers(shop: RunningShop) -> list[psutil.Process]:
    children = psutil.Process(shop.process.pid).children()
    return [
        child
        for child in children
        if child.status() != psutil.STATUS_ZOMBIE and "resource_tracker" not in " ".join(child.cmdline())
    ]


async def _until(question: Callable[[], bool], *, seconds: float = 30.0) -> None:
    ends = time.monotonic() + seconds
    while not question() and time.monotonic() < ends:  # noqa: ASYNC110 - another process gives no event to wait for
        await asyncio.sleep(0.1)


def _missed(what: str, checks: dict[str, bool]) -> list[str]:
    return [f"{what}: expected {words}" for words, held in checks.items() if not held]
