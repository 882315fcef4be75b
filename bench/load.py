"""Eight clients that keep their connections, and ask again as soon as they are answered."""

import asyncio
import time
from dataclasses import dataclass
from statistics import median, quantiles

import orjson
import psutil

CLIENTS = 8


@dataclass(frozen=True, slots=True)
class Heard:
    """What one server did with one workload for a while."""

    requests: int
    seconds: float
    cpu: float
    latencies: tuple[float, ...]

    @property
    def per_second(self) -> float:
        """Requests answered in a second."""
        return self.requests / self.seconds

    @property
    def cpu_ms(self) -> float:
        """Milliseconds of the server's processor for one request."""
        return 1_000 * self.cpu / self.requests

    @property
    def p50_ms(self) -> float:
        """How long the middle request took."""
        return 1_000 * median(self.latencies)

    @property
    def p99_ms(self) -> float:
        """How long all but one in a hundred took at most."""
        return 1_000 * quantiles(self.latencies, n=100)[98] if len(self.latencies) > 1 else self.p50_ms


async def asked(port: int, path: str, body: dict[str, object], *, process: int, seconds: float) -> Heard:
    """Ask for so long, and take the processor time of the serving process before and after."""
    payload = orjson.dumps(body)
    message = _message(path, payload)
    server = psutil.Process(process)
    latencies: list[float] = []
    began, before = time.perf_counter(), _processor(server)
    await asyncio.gather(*(_client(port, message, began + seconds, latencies) for _ in range(CLIENTS)))
    return Heard(len(latencies), time.perf_counter() - began, _processor(server) - before, tuple(latencies))


async def answer(port: int, path: str, body: dict[str, object]) -> bytes:
    """The answer to one request."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(_message(path, orjson.dumps(body)))
    try:
        return await _answer(reader)
    finally:
        writer.close()


def _message(path: str, payload: bytes) -> bytes:
    head = f"POST {path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(payload)}\r\n\r\n".encode() + payload


async def _client(port: int, message: bytes, until: float, latencies: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        while (started := time.perf_counter()) < until:
            writer.write(message)
            await _answer(reader)
            latencies.append(time.perf_counter() - started)
    finally:
        writer.close()


async def _answer(reader: asyncio.StreamReader) -> bytes:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    status = int(head.split(b" ", 2)[1])
    length = int(head.partition(b"content-length:")[2].partition(b"\r\n")[0] or 0)
    body = await reader.readexactly(length)
    if status >= 300 or b'"errors"' in body[-5_000:]:
        raise RuntimeError(f"answered {status}: {body[:500]!r}")
    return body


def _processor(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)
