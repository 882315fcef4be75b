"""The staff API in a few lines of the standard library: ask a document, get its data, be told what was refused."""

import json
import os
import urllib.request
from typing import Any


class Refused(Exception):
    """The shop did not do what it was asked; the message says why."""


class StaffApi:
    """A shop's staff API, with a key from `./shopwright token create` or `accessTokenCreate`."""

    def __init__(self, address: str, key: str) -> None:
        self._url = f"{address.rstrip('/')}/admin/graphql"
        self._key = key

    @classmethod
    def from_environment(cls) -> "StaffApi":
        """The shop at `SHOP_ADDRESS`, opened by `SHOP_KEY`."""
        return cls(os.environ.get("SHOP_ADDRESS", "http://127.0.0.1:8000"), os.environ["SHOP_KEY"])

    def ask(self, document: str, **variables: Any) -> Any:
        """The answer's data. Raises Refused for errors, and for user errors of any mutation in it."""
        body = json.dumps({"query": document, "variables": variables}).encode()
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self._key}"}
        request = urllib.request.Request(self._url, body, headers)  # noqa: S310 - the address is the user's own
        with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310 - as above
            answer = json.load(response)
        problems = [error["message"] for error in answer.get("errors", ())]
        for payload in (answer.get("data") or {}).values():
            if isinstance(payload, dict):
                problems += [f"{'.'.join(e['field'] or [])}: {e['message']}" for e in payload.get("userErrors") or ()]
        if problems:
            raise Refused("; ".join(problems))
        return answer["data"]
