"""Postal addresses as they are shown."""

from typing import Any, NamedTuple

from commerce import addresses
from models.addresses import Address
from resolvers.context import Context


class MailingAddress(NamedTuple):
    """An address, with the key it is found by."""

    id: str
    address: Address

    @property
    def first_name(self) -> str | None:
        """The first name."""
        return self.address.first_name

    @property
    def last_name(self) -> str | None:
        """The last name."""
        return self.address.last_name

    @property
    def name(self) -> str | None:
        """First and last name."""
        return self.address.name

    @property
    def company(self) -> str | None:
        """The company."""
        return self.address.company

    @property
    def address1(self) -> str | None:
        """Street and number."""
        return self.address.address1

    @property
    def address2(self) -> str | None:
        """What else the street line needs."""
        return self.address.address2

    @property
    def city(self) -> str | None:
        """The city."""
        return self.address.city

    @property
    def zip(self) -> str | None:
        """The postal code."""
        return self.address.zip

    @property
    def phone(self) -> str | None:
        """The phone number."""
        return self.address.phone

    @property
    def province_code(self) -> str | None:
        """The province's code."""
        return self.address.province_code

    @property
    def country_code(self) -> str | None:
        """The country's code."""
        return self.address.country_code


class DeliveryAddress(MailingAddress):
    """The same, as the address of a cart."""


def shown(key: str, parts: dict[str, Any] | None) -> MailingAddress | None:
    """An address kept in a row, if there is one."""
    return MailingAddress(key, Address.kept(parts)) if parts else None


def country(context: Context, row: MailingAddress) -> str | None:
    """The country's name in English."""
    return addresses.country_name(row.country_code)


def province(context: Context, row: MailingAddress) -> str | None:
    """The province's name."""
    return addresses.province_name(row.address)


def nowhere(context: Context, row: MailingAddress) -> float | None:
    """Places are not looked up on a map."""
    return None


def formatted(
    context: Context, row: MailingAddress, *, with_name: bool = False, with_company: bool = True
) -> list[str]:
    """The address line by line."""
    return addresses.formatted(row.address, with_name=with_name, with_company=with_company)


def formatted_area(context: Context, row: MailingAddress) -> str | None:
    """City, province and country in a line."""
    parts = [row.city, row.province_code, addresses.country_name(row.country_code)]
    return ", ".join(part for part in parts if part) or None
