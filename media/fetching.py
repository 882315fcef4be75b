"""Fetching pictures from elsewhere, without letting anybody look through our eyes into a network of ours."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from media.intake import LARGEST, Unacceptable, too_large

MOST_HOPS = 3
SECONDS = 15.0
CHUNK = 64 * 1024
PORTS = {"http": 80, "https": 443}


class Unreachable(Unacceptable):
    """The address cannot be fetched, or may not be."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="INVALID_IMAGE_SOURCE_URL")


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches by http and https. Addresses inside networks are refused, unless the shop's setting allows them."""

    private: bool = False
    seconds: float = SECONDS

    def fetch(self, url: str) -> bytes:
        """What lies at an address. Blocking: call it in a thread. Raises Unacceptable.

        Each address on the way is looked up once, checked, and asked at exactly the number that was checked.
        """
        deadline = time.monotonic() + self.seconds
        for _ in range(MOST_HOPS + 1):
            answer = self._asked(url, deadline)
            if isinstance(answer, bytes):
                return answer
            url = urljoin(url, answer)
        raise Unreachable("The address leads on too often.")

    def _asked(self, url: str, deadline: float) -> bytes | str:
        """The body, or where the address leads on to."""
        host, port, target, secure = _parts(url)
        connection = _connection(host, port, self._number_of(host, port), secure, _left(deadline))
        try:
            connection.request("GET", target, headers={"Accept": "image/*", "User-Agent": "Shopwright"})
            answer = connection.getresponse()
            if answer.status in {301, 302, 303, 307, 308}:
                return answer.getheader("Location") or ""
            if answer.status != 200:
                raise Unreachable(f"The address answers with {answer.status}.")
            return _read(answer, deadline)
        except (OSError, http.client.HTTPException, UnicodeError, ValueError) as broken:
            raise Unreachable("The address cannot be fetched.") from broken
        finally:
            connection.close()

    def _number_of(self, host: str, port: int) -> str:
        """The network address of a host; every one it has must be a public one."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as unknown:
            raise Unreachable("There is no such host.") from unknown
        numbers = [str(each[4][0]) for each in found]
        if not numbers or not (self.private or all(map(_is_public, numbers))):
            raise Unreachable("The address is not a public one.")
        return numbers[0]


def _parts(url: str) -> tuple[str, int, str, bool]:
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS[parts.scheme]
    except (ValueError, KeyError) as wrong:
        raise Unreachable("An address begins with http:// or https://.") from wrong
    if not parts.hostname or parts.username is not None:
        raise Unreachable("An address has a host, and no name or password.")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not target.isascii() or any(letter <= " " for letter in target):
        raise Unreachable("An address is written in ASCII, other letters as %C3%A9.")
    return parts.hostname, port, target, parts.scheme == "https"


def _is_public(number: str) -> bool:
    address = ipaddress.ip_address(number.partition("%")[0])
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    return address.is_global and not address.is_multicast and (inner is None or bool(inner.is_global))


def _connection(host: str, port: int, number: str, secure: bool, seconds: float) -> http.client.HTTPConnection:
    """A connection to the number, on behalf of the name."""
    connection = http.client.HTTPConnection(host, port, timeout=seconds)
    try:
        plain = socket.create_connection((number, port), timeout=seconds)
        connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host) if secure else plain
    except OSError as broken:
        raise Unreachable("The address cannot be fetched.") from broken
    return connection


def _read(answer: http.client.HTTPResponse, deadline: float) -> bytes:
    if int(answer.getheader("Content-Length") or 0) > LARGEST:
        raise too_large()
    chunks: list[bytes] = []
    length = 0
    while chunk := answer.read1(CHUNK):
        length += len(chunk)
        if length > LARGEST:
            raise too_large()
        chunks.append(chunk)
        _left(deadline)
    return b"".join(chunks)


def _left(deadline: float) -> float:
    """Seconds that are left."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise Unreachable("Fetching it takes too long.")
    return left
