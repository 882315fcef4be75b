"""The environment, read once and validated. Only the doors may import this module."""

import dataclasses
import difflib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from mail.carriers import mail_address_of
from operations.trusted import documents_in

ROOT = Path(__file__).resolve().parent
BESIDE = ROOT / "var"
PREFIX = "SHOPWRIGHT_"
LEVELS = ("debug", "info", "warning", "error")
FORMATS = ("auto", "json", "text")


class SettingsError(Exception):
    """The environment holds something the shop does not understand; the message is one line."""


def _yes_or_no(text: str) -> bool:
    answers = {"yes": True, "on": True, "true": True, "1": True, "no": False, "off": False, "false": False, "0": False}
    if text.lower() not in answers:
        raise ValueError("it must be yes or no")
    return answers[text.lower()]


def _at_least(least: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isdecimal() or int(text) < least:
            raise ValueError(f"it must be a whole number, {least} or more")
        return int(text)

    return read


def _one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.lower() not in words:
            raise ValueError(f"it must be {', '.join(words[:-1])} or {words[-1]}")
        return text.lower()

    return read


def _megabytes(text: str) -> int:
    """Zero for `off`."""
    if text.lower() == "off":
        return 0
    if not text.isdecimal() or not 1 <= int(text[:6]) <= 65_536:
        raise ValueError("it must be a number of megabytes, from 1 to 65536, or off")
    return int(text)


def _keys(text: str) -> tuple[str, ...]:
    keys = tuple(key.strip() for key in text.split(",") if key.strip())
    if any(len(key) < 32 for key in keys):
        raise ValueError("each key must have 32 characters or more")
    return keys


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(token.strip() for token in text.split(",") if token.strip())


def _stripe_key(*beginnings: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not text.startswith(beginnings):
            raise ValueError(f"it must begin with {' or '.join(beginnings)}")
        if find_spec("stripe") is None:
            raise ValueError("Stripe's package is not installed: run ./install.sh --stripe")
        return text

    return read


def _setting(default: Any, description: str, read: Callable[[str], Any] = str) -> Any:
    return dataclasses.field(default=default, metadata={"description": description, "read": read})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting of the shop; each is an environment variable of the same name with `SHOPWRIGHT_` before it."""

    data: Path = _setting(  # noqa: RUF009 - the call describes a field and shares nothing
        BESIDE, "Folder for what the shop keeps: database, keys, pictures, mail.", Path
    )
    database_url: str = _setting(
        "",
        "`sqlite:///absolute/path.db`, `sqlite://relative.db` or `postgres://user:password@host/name`"
        " (PostgreSQL 15 or newer). Empty: the file `shop.db` in the data folder.",
    )
    database_pool_min: int = _setting(1, "PostgreSQL connections kept open by each worker.", _at_least(0))
    database_pool_max: int = _setting(10, "PostgreSQL connections opened at most by each worker.", _at_least(1))
    public_url: str = _setting(
        "",
        "Address under which shoppers reach the shop; every absolute address is built from it."
        " Empty: the host and port it serves on.",
        lambda text: text.rstrip("/"),
    )
    storefront_url: str = _setting(
        "",
        "Address of your storefront; letters lead to its `/account/reset/{id}/{token}` and `/account/activate/…`."
        " Empty: the public address.",
        lambda text: text.rstrip("/"),
    )
    storefront_tokens: tuple[str, ...] = _setting(
        (),
        "Comma-separated tokens, one of which storefronts must show in `X-Shopify-Storefront-Access-Token` or"
        " `Shopify-Storefront-Private-Token`. The first is public: the hosted pages show it."
        " Servers with another one may tell the shopper's address in `Shopify-Storefront-Buyer-IP`."
        " Empty: none is asked for.",
        _tokens,
    )
    mail_url: str = _setting(
        "",
        "Mail server: `smtp://user:password@host:587` or `smtps://…`. Empty: letters are files in `mail`"
        " in the data folder.",
        mail_address_of,
    )
    mail_from: str = _setting("", "Address that letters come from. Empty: the shop's email.")
    stripe_secret_key: str = _setting(
        "",
        "Secret (`sk_…`) or restricted (`rk_…`) key of your Stripe account. Empty: payments are not taken by Stripe.",
        _stripe_key("sk_", "rk_"),
    )
    stripe_publishable_key: str = _setting(
        "", "The account's `pk_…`, told to storefronts that have a payment form of their own.", _stripe_key("pk_")
    )
    stripe_webhook_secrets: tuple[str, ...] = _setting(
        (),
        "Comma-separated `whsec_…` of the endpoint `/webhooks/stripe`; while you roll one, the old and the new."
        " Empty: the endpoint is not there, and the worker asks Stripe instead.",
        _tokens,
    )
    stripe_api_base: str = _setting(
        "https://api.stripe.com", "Where Stripe's API is; another address is for tests.", lambda text: text.rstrip("/")
    )
    trusted_proxies: str = _setting(
        "127.0.0.1", "Comma-separated addresses whose `X-Forwarded-For` and `-Proto` headers are believed."
    )
    signing_keys: tuple[str, ...] = _setting(
        (),
        "Comma-separated secrets, newest first: the first signs, all verify. Each at least 32 characters."
        " Empty: one is made at the first start and kept in the data folder.",
        _keys,
    )
    explorer: bool = _setting(True, "Serve the explorer pages and answer introspection.", _yes_or_no)
    demo: bool = _setting(True, "Load the demo shop into an empty database.", _yes_or_no)
    worker: bool = _setting(True, "Do the background work in the server; else run `./shopwright worker`.", _yes_or_no)
    staff_body_bytes: int = _setting(
        8 * 1024 * 1024,
        "Longest request of staff with an access token, in bytes; everybody else has 262144.",
        _at_least(262_144),
    )
    fetch_private: bool = _setting(
        False,
        "Let staff have pictures fetched from addresses inside networks, like 127.0.0.1 or 10.0.0.1; for tests.",
        _yes_or_no,
    )
    engine: str = _setting(
        "plans",
        "How operations run: by compiled plans, or all by graphql-core, for comparison.",
        _one_of("plans", "reference"),
    )
    answer_cache: int = _setting(
        64, "Megabytes for answers about the catalog that each worker keeps until it changes, or off.", _megabytes
    )
    trusted_documents: Mapping[str, str] | None = _setting(
        None,
        "A JSON file of documents by their ids. Then the storefront runs these and no others, and its explorer none.",
        documents_in,
    )
    streams: int = _setting(12_000, "Live streams, and sockets, that each worker may have open.", _at_least(1))
    streams_per_address: int = _setting(
        6_000,
        "Of these from one network address. With proxies named, so that shoppers have their own, 100 is plenty.",
        _at_least(1),
    )
    streams_per_viewer: int = _setting(200, "Of these for one customer, and for one staff token.", _at_least(1))
    streams_per_socket: int = _setting(100, "Of these on one WebSocket.", _at_least(1))
    cart_days: int = _setting(30, "Days after which a cart that nobody touched is forgotten.", _at_least(1))
    history_days: int = _setting(
        90,
        "Days that what happened is kept for live streams to go on from: as long as a link to an order is good.",
        _at_least(1),
    )
    log_level: str = _setting("info", "Least important line logged.", _one_of(*LEVELS))
    log_format: str = _setting(
        "auto", "JSON, one object a line; or text for people; or text on a terminal, else JSON.", _one_of(*FORMATS)
    )
    metrics_token: str = _setting("", "Bearer token that `/metrics` asks for. Empty: none.")
    test_database_url: str = _setting("", "PostgreSQL server on which `./shopwright test` runs the suite.")

    @property
    def database(self) -> str:
        """The address of the database, the default filled in."""
        return self.database_url or f"sqlite://{self.data.resolve() / 'shop.db'}"


@cache
def settings() -> Settings:
    """The settings of this process. `SettingsError` for a value that is not valid or a name that is none of ours.

    An empty variable is the same as none.
    """
    known = {variable(field.name): field for field in dataclasses.fields(Settings)}
    given = {name: text for name, text in sorted(os.environ.items()) if name.startswith(PREFIX)}
    read: dict[str, Any] = {}
    for name, text in given.items():
        if name not in known:
            raise SettingsError(f"{name} is not a setting of the shop{_hint(name)}")
        try:
            if text:
                read[known[name].name] = known[name].metadata["read"](text)
        except ValueError as error:
            raise SettingsError(f"{name} is not valid: {error}.") from None
    return Settings(**read)


def variable(field: str) -> str:
    """The environment variable of a setting."""
    return PREFIX + field.upper()


def _hint(name: str) -> str:
    names = [field.name for field in dataclasses.fields(Settings)]
    near = difflib.get_close_matches(name.removeprefix(PREFIX).lower(), names, n=1)
    return f"; did you mean {variable(near[0])}?" if near else "."
