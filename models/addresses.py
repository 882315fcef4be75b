"""Addresses as they are kept in other rows: a small object with these parts, absent ones left out."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody lives or receives goods. Country and province are ISO codes."""

    first_name: str | None = None
    last_name: str | None = None
    company: str | None = None
    address1: str | None = None
    address2: str | None = None
    city: str | None = None
    province_code: str | None = None
    zip: str | None = None
    country_code: str | None = None
    phone: str | None = None

    @classmethod
    def kept(cls, parts: Mapping[str, Any]) -> "Address":
        """The address in a row."""
        return cls(**{name: parts.get(name) for name in cls.__slots__})

    def to_keep(self) -> dict[str, str]:
        """What a row keeps of it."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    @property
    def name(self) -> str | None:
        """First and last name."""
        return " ".join(part for part in (self.first_name, self.last_name) if part) or None
