"""What is spent while something is asked: time, the processor of who answers, and that of PostgreSQL."""

import time
from collections.abc import Iterable, Sequence

import psutil

from bench.contest import Heard


class Watch:
    """Begins to count when it is made."""

    def __init__(self, processes: Iterable[int]) -> None:
        self._servers = [psutil.Process(process) for process in processes]
        self._database = _databases()
        self._began = time.perf_counter()
        self._before = _processor(self._servers)

    def heard(self, latencies: Sequence[float]) -> Heard:
        """What has been spent on so many answers."""
        seconds, cpu = time.perf_counter() - self._began, _processor(self._servers) - self._before
        return Heard(len(latencies), seconds, cpu, tuple(latencies), _databases() - self._database)


def _processor(servers: Iterable[psutil.Process]) -> float:
    """Seconds of processor that processes have taken so far."""
    times = [server.cpu_times() for server in servers]
    return float(sum(each.user + each.system for each in times))


def _databases() -> float:
    """The same of the PostgreSQL that this benchmark has started, with whatever of it has ended already."""
    spent = 0.0
    for process in psutil.Process().children(recursive=True):
        try:
            if process.name() == "postgres":
                times = process.cpu_times()
                spent += times.user + times.system + times.children_user + times.children_system
        except psutil.NoSuchProcess:  # a connection that has just been closed: its parent counts it from now on
            continue
    return spent
