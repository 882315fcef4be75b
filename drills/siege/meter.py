"""How much processor time a server has used, to the nanosecond where the system tells it."""

import time

import psutil


class Meter:
    """The processor time of one process, all its threads together."""

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)
        self._clock = (~pid << 3) | 2  # what clock_getcpuclockid(3) answers on Linux

    def seconds(self) -> float:
        """What it has used so far."""
        if psutil.LINUX:
            return time.clock_gettime(self._clock)
        times = self._process.cpu_times()
        return float(times.user + times.system)

    def memory(self) -> int:
        """The bytes it holds."""
        return int(self._process.memory_info().rss)
