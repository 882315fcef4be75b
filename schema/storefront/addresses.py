"""Postal addresses, given and shown."""

from typing import Any

import strawberry

from commerce.addresses import country_code
from models.addresses import Address
from resolvers import postal
from schema.binding import described, describes, resolved_by
from schema.codes import CountryCode
from schema.ids import Node, id_of
from schema.requirements import AS_FOUND

LINES: dict[str, Any] = {"with_name": "Begin with the name.", "with_company": "Say the company too."}


@strawberry.type(description="A postal address.")
@describes(postal.MailingAddress, needs=AS_FOUND)
class MailingAddress(Node):
    """A postal address."""

    id: strawberry.ID = id_of("MailingAddress")
    first_name: str | None = described("The receiver's first name.")
    last_name: str | None = described("The receiver's last name.")
    name: str | None = described("First and last name together.")
    company: str | None = described("The receiver's company.")
    address1: str | None = described("Street and number.")
    address2: str | None = described("Flat, floor or whatever else finds the door.")
    city: str | None = described("City, town or village.")
    zip: str | None = described("The postal code.")
    phone: str | None = described("Where the carrier can call.")
    province: str | None = resolved_by(postal.province, "The province or state, by name.")
    province_code: str | None = described("The province or state, by its code.")
    country: str | None = resolved_by(postal.country, "The country, by its English name.")
    country_code: str | None = described("The country's code.", deprecated="Use `countryCodeV2`.")
    country_code_v2: CountryCode | None = resolved_by(
        lambda context, row: row.country_code, "The country's code.", renamed="countryCodeV2"
    )
    latitude: float | None = resolved_by(postal.nowhere, "The latitude, where it is known.")
    longitude: float | None = resolved_by(postal.nowhere, "The longitude, where it is known.")
    formatted: list[str] = resolved_by(postal.formatted, "The address line by line, as its country writes it.", **LINES)
    formatted_area: str | None = resolved_by(postal.formatted_area, "City, province and country in one line.")


@strawberry.type(description="An address a cart may be sent to.")
@describes(postal.DeliveryAddress)
class CartDeliveryAddress:
    """An address a cart may be sent to."""

    first_name: str | None = described("The receiver's first name.")
    last_name: str | None = described("The receiver's last name.")
    name: str | None = described("First and last name together.")
    company: str | None = described("The receiver's company.")
    address1: str | None = described("Street and number.")
    address2: str | None = described("Flat, floor or whatever else finds the door.")
    city: str | None = described("City, town or village.")
    zip: str | None = described("The postal code.")
    phone: str | None = described("Where the carrier can call.")
    province_code: str | None = described("The province or state, by its code.")
    country_code: str | None = described("The country's code.")
    latitude: float | None = resolved_by(postal.nowhere, "The latitude, where it is known.")
    longitude: float | None = resolved_by(postal.nowhere, "The longitude, where it is known.")
    formatted: list[str] = resolved_by(postal.formatted, "The address line by line, as its country writes it.", **LINES)
    formatted_area: str | None = resolved_by(postal.formatted_area, "City, province and country in one line.")


@strawberry.input(description="A postal address. Country and province may be given by name or by code.")
class MailingAddressInput:
    """A postal address."""

    first_name: str | None = strawberry.field(default=None, description="The receiver's first name.")
    last_name: str | None = strawberry.field(default=None, description="The receiver's last name.")
    company: str | None = strawberry.field(default=None, description="The receiver's company.")
    address1: str | None = strawberry.field(default=None, description="Street and number.")
    address2: str | None = strawberry.field(default=None, description="What else finds the door.")
    city: str | None = strawberry.field(default=None, description="City, town or village.")
    province: str | None = strawberry.field(default=None, description="The province or state.")
    zip: str | None = strawberry.field(default=None, description="The postal code.")
    country: str | None = strawberry.field(default=None, description="The country.")
    phone: str | None = strawberry.field(default=None, description="Where the carrier can call.")

    def decoded(self) -> Address:
        """The address as commerce takes it."""
        return Address(
            first_name=self.first_name,
            last_name=self.last_name,
            company=self.company,
            address1=self.address1,
            address2=self.address2,
            city=self.city,
            province_code=self.province,
            zip=self.zip,
            country_code=country_code(self.country),
            phone=self.phone,
        )
