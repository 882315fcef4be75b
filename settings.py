"""The environment, read once and validated. Only the doors may import this module."""

import difflib
import os
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

ROOT = Path(__file__).resolve().parent
PREFIX = "SHOPWRIGHT_"


class SettingsError(Exception):
    """The environment holds something the shop does not understand; the message is one line."""


class Settings(BaseSettings):
    """Every setting of the shop; each is an environment variable of the same name with `SHOPWRIGHT_` before it."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    data: Path = Field(
        default=ROOT / "var", description="Folder for what the shop keeps: database, keys, pictures, mail."
    )
    database_url: str = Field(
        default="",
        description="`sqlite:///absolute/path.db`, `sqlite://relative.db` or `postgres://user:password@host/name`"
        " (PostgreSQL 15 or newer). Empty: the file `shop.db` in the data folder.",
    )
    database_pool_min: int = Field(default=1, ge=0, description="PostgreSQL connections kept open by each worker.")
    database_pool_max: int = Field(
        default=10, ge=1, description="PostgreSQL connections opened at most by each worker."
    )
    public_url: str = Field(
        default="",
        description="Address under which shoppers reach the shop; every absolute address is built from it."
        " Empty: the host and port it serves on.",
    )
    trusted_proxies: str = Field(
        default="127.0.0.1",
        description="Comma-separated addresses whose `X-Forwarded-For` and `-Proto` headers are believed.",
    )
    signing_keys: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Comma-separated secrets, newest first: the first signs, all verify. Each at least 32 characters."
        " Empty: one is made at the first start and kept in the data folder.",
    )
    explorer: bool = Field(default=True, description="Serve the explorer pages and answer introspection.")
    demo: bool = Field(default=True, description="Load the demo shop into an empty database.")
    worker: bool = Field(
        default=True, description="Do the background work inside the server; else run `./shopwright worker`."
    )
    engine: Literal["plans", "reference"] = Field(
        default="plans", description="How operations run: by compiled plans, or all by graphql-core, for comparison."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="Least important line logged."
    )
    log_format: Literal["auto", "json", "text"] = Field(
        default="auto", description="JSON, one object a line; or text for people; or text on a terminal, else JSON."
    )
    metrics_token: str = Field(default="", description="Bearer token that `/metrics` asks for. Empty: none.")
    test_database_url: str = Field(
        default="", description="PostgreSQL server on which `./shopwright test` runs the suite."
    )

    @field_validator("signing_keys", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        return tuple(key.strip() for key in value.split(",") if key.strip()) if isinstance(value, str) else value

    @field_validator("signing_keys")
    @classmethod
    def _long_enough(cls, keys: tuple[str, ...]) -> tuple[str, ...]:
        if any(len(key) < 32 for key in keys):
            raise ValueError("each signing key needs at least 32 characters")
        return keys

    @property
    def database(self) -> str:
        """The address of the database, the default filled in."""
        return self.database_url or f"sqlite://{self.data.resolve() / 'shop.db'}"


@cache
def settings() -> Settings:
    """The settings of this process. `SettingsError` for a value that is not valid or a name that is none of ours."""
    for name in sorted(os.environ):
        if name.startswith(PREFIX) and name not in known_variables():
            near = difflib.get_close_matches(name.removeprefix(PREFIX).lower(), Settings.model_fields, n=1)
            hint = f"; did you mean {variable(near[0])}?" if near else "."
            raise SettingsError(f"{name} is not a setting of the shop{hint}")
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        raise SettingsError(f"{variable(str(first['loc'][0]))} is not valid: {first['msg']}.") from None


def variable(field: str) -> str:
    """The environment variable of a setting."""
    return PREFIX + field.upper()


def known_variables() -> dict[str, str]:
    """Every variable with its description, in the order of the documents."""
    return {variable(name): field.description or "" for name, field in Settings.model_fields.items()}
