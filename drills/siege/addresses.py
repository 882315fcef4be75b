"""Addresses and headers no honest client sends, and hashes that stand for nothing."""

import hashlib
import json
from collections.abc import Iterator
from urllib.parse import quote

from drills.siege.shots import Shot, raw

BAD_REQUEST = "BAD_REQUEST"


def addresses() -> Iterator[Shot]:
    """All of them, at both schemas."""
    for prefix in ("", "/admin"):
        yield from _queries(f"{prefix}/graphql")
        yield from _headers(f"{prefix}/graphql")
        yield from _hashes(f"{prefix}/graphql")


def _queries(path: str) -> Iterator[Shot]:
    queries = {
        "nothing": ("", BAD_REQUEST),
        "no UTF-8": ("query=%FF", BAD_REQUEST),
        "half a character": ("query=%ED%A0%80", BAD_REQUEST),
        "1,000 parameters": ("&".join(f"a{n}=1" for n in range(1_000)), BAD_REQUEST),
        "a NUL": ("query=%7Bshop%7Bname%7D%7D&variables=" + quote('{"a": "\\u0000"}'), BAD_REQUEST),
        "lists 10,000 deep": ("query=%7Bshop%7Bname%7D%7D&variables=" + "[" * 10_000, BAD_REQUEST),
        "30 kB of a document": ("query=" + quote("{" + "a " * 10_000 + "}"), "DOCUMENT_TOO_LARGE"),
        "a mutation": ("query=mutation%7BcartCreate%7Bcart%7Bid%7D%7D%7D", "METHOD_NOT_ALLOWED"),
    }
    if path != "/graphql":
        queries["a mutation"] = ("query=mutation%7BstaffLogout%7B__typename%7D%7D", "METHOD_NOT_ALLOWED")
    for name, (query, code) in queries.items():
        address = f"{path}?{query}"
        yield Shot(f"GET {path} {name}", code, lambda _: b"", address, "GET", {}, (400, 405, 200))
    yield Shot(f"PUT {path}", "METHOD_NOT_ALLOWED", lambda _: b"{}", path, "PUT", {}, (405,))


def _headers(path: str) -> Iterator[Shot]:
    good = b'{"query": "{ shop { name } }"}'
    kinds = ["", "text/plain", "multipart/form-data; boundary=x", "application/json; charset=utf-16", "," * 4_000]
    for kind in kinds:
        name = f"{path} a body of {kind[:30] or 'no kind'}"
        yield raw(name, good, "UNSUPPORTED_MEDIA_TYPE", path=path, headers={"content-type": kind}, statuses=(415,))
    many = ",".join(f"text/x{n};q=0.{n % 9}" for n in range(1_500))
    for name, accept in {"1,500 kinds": many, "semicolons": ";" * 8_000, "no kind": "image/png"}.items():
        headers = {"content-type": "application/json", "accept": accept}
        yield raw(f"{path} accept: {name}", good, "NOT_ACCEPTABLE", path=path, headers=headers, statuses=(406,))


def _hashes(path: str) -> Iterator[Shot]:
    def unknown(number: int) -> bytes:
        return _hashed(hashlib.sha256(f"{path} {number}".encode()).hexdigest())

    yield raw(f"{path} an unknown hash", unknown, "PERSISTED_QUERY_NOT_FOUND", path=path, statuses=(200, 404))
    yield raw(f"{path} a hash of 200 kB", _hashed("a" * 200_000), "PERSISTED_QUERY_NOT_FOUND", path=path)
    wrong = b'{"query": "{ shop { name } }", ' + _hashed("0" * 64)[1:]
    yield raw(f"{path} the hash of another document", wrong, BAD_REQUEST, path=path)
    yield raw(f"{path} a hash that is none", _hashed(5), BAD_REQUEST, path=path)


def _hashed(key: object) -> bytes:
    return json.dumps({"extensions": {"persistedQuery": {"version": 1, "sha256Hash": key}}}).encode()
