"""Ending open streams when the process is asked to stop, so that a server waiting for them can exit."""

import asyncio
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from engine.engine import Engine

SIGNALS = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def closing_on_signals(*engines: Engine) -> Iterator[None]:
    """While the block runs, a signal to stop also ends the engines' streams and sockets; whoever handled the signal
    before still does. Servers wait for open responses before they end the lifespan, so closing there is too late."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in SIGNALS}

    def stop(number: int, frame: FrameType | None) -> None:
        for engine in engines:
            loop.call_soon_threadsafe(engine.close_soon)
        handler: Any = before[signal.Signals(number)]
        if callable(handler):
            handler(number, frame)

    for number in SIGNALS:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            if signal.getsignal(number) is stop:
                signal.signal(number, handler)
