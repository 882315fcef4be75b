"""Accounts: making one, signing in, and keeping one's own things."""

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import strawberry

from resolvers import customers
from resolvers.outcomes import UserError
from schema.binding import Argument, changed_by, described, describes
from schema.enums import enumeration
from schema.ids import id_argument, number_key
from schema.storefront.addresses import MailingAddress, MailingAddressInput
from schema.storefront.cart_codes import DisplayableError
from schema.storefront.cart_inputs import given
from schema.storefront.customers import Customer

TOKEN = "The customer's token."  # noqa: S105 - this tells what a token is
BOOK = number_key("MailingAddress")
CODES = {
    "ALREADY_ENABLED": "The account is in use already.",
    "BAD_DOMAIN": "The email's domain cannot be written to.",
    "BLANK": "It is missing.",
    "CONTAINS_HTML_TAGS": "There is markup in it.",
    "CONTAINS_URL": "There is a web address in it.",
    "CUSTOMER_DISABLED": "The account may not be used.",
    "INVALID": "It cannot be used.",
    "INVALID_MULTIPASS_REQUEST": "The foreign sign-in is not valid.",
    "NOT_FOUND": "There is no such thing.",
    "PASSWORD_STARTS_OR_ENDS_WITH_WHITESPACE": "The password starts or ends with a space.",
    "TAKEN": "Somebody has it already.",
    "THROTTLED": "There were too many tries; wait a while. Shopwright's own.",
    "TOKEN_INVALID": "The token is not valid.",
    "TOO_LONG": "It is too long.",
    "TOO_SHORT": "It is too short.",
    "UNIDENTIFIED_CUSTOMER": "Nobody is known by this email and password.",
}
if TYPE_CHECKING:
    CustomerErrorCode = str
else:
    CustomerErrorCode = enumeration("CustomerErrorCode", "Why something about a customer was refused.", CODES)


@strawberry.type(description="Why something about a customer was refused.")
@describes(UserError)
class CustomerUserError(DisplayableError):
    """Why something was refused."""

    code: CustomerErrorCode | None = described("The reason, for programs.")
    retry_after: dt.datetime | None = described("When to try again, for who tried too often. Shopwright's own.")


@strawberry.type(name="UserError", description="Why something was refused.")
@describes(UserError)
class UserErrorPlain(DisplayableError):
    """Why something was refused."""


@strawberry.type(description="A customer's token. Treat it as a password.")
@describes(customers.AccessToken)
class CustomerAccessToken:
    """A customer's token."""

    access_token: str = described("The token itself.")
    expires_at: dt.datetime = described("When it ends.")


@strawberry.input(description="Somebody who wants an account.")
class CustomerCreateInput:
    """Somebody who wants an account."""

    email: str = strawberry.field(description="The email; it has one account.")
    password: str = strawberry.field(description="The password: 5 to 255 characters.")
    first_name: str | None = given("The first name.")
    last_name: str | None = given("The last name.")
    phone: str | None = given("The phone number.")
    accepts_marketing: bool | None = given("Whether letters about offers are welcome.")

    def decoded(self) -> tuple[Mapping[str, Any], str]:
        """What is told, and the password."""
        return _told(self), self.password


@strawberry.input(description="What a customer shall be. What is left out stays as it is.")
class CustomerUpdateInput:
    """What a customer shall be."""

    email: str | None = given("Another email.")
    password: str | None = given("Another password; it ends every token.")
    first_name: str | None = given("The first name.")
    last_name: str | None = given("The last name.")
    phone: str | None = given("The phone number.")
    accepts_marketing: bool | None = given("Whether letters about offers are welcome.")

    def decoded(self) -> tuple[Mapping[str, Any], str | None]:
        """What is told, and the password if there is a new one."""
        return _told(self), self.password


@strawberry.input(description="Who signs in.")
class CustomerAccessTokenCreateInput:
    """Who signs in."""

    email: str = strawberry.field(description="The email.")
    password: str = strawberry.field(description="The password.")


def _told(written: CustomerCreateInput | CustomerUpdateInput) -> Mapping[str, Any]:
    names = ("email", "first_name", "last_name", "phone", "accepts_marketing")
    return {name: getattr(written, name) for name in names}


def customer_payload(name: str, *parts: str, plain: bool = False) -> Any:
    """A payload with some of the parts an outcome has, and the errors."""
    known: dict[str, tuple[Any, Any]] = {
        "customer": (Customer | None, described("The customer as it stands.")),
        "customer_access_token": (CustomerAccessToken | None, described("The token; it is told this once.")),
        "customer_address": (MailingAddress | None, described("The address as it stands.")),
        "deleted_customer_address_id": (str | None, _deleted("deletedCustomerAddressId", "The address taken out.")),
        "deleted_access_token": (str | None, _deleted("deletedAccessToken", "The token that ended.")),
        "deleted_customer_access_token_id": (
            str | None,
            _deleted("deletedCustomerAccessTokenId", "The id of the token that ended."),
        ),
    }
    fields = {part: known[part] for part in parts}
    if not plain:
        fields["customer_user_errors"] = (list[CustomerUserError], described("Why it was refused."))
    fields["user_errors"] = (list[UserErrorPlain], described("Why it was refused, in words alone."))
    annotations = {field: kind for field, (kind, _) in fields.items()}
    namespace = {field: made for field, (_, made) in fields.items()}
    made = type(name, (), {**namespace, "__annotations__": annotations, "__module__": __name__})
    described_as = f"What became of `{name[0].lower()}{name[1:-7]}`."
    return strawberry.type(describes(customers.CustomerOutcome)(made), description=described_as)


def _deleted(name: str, description: str) -> Any:
    return strawberry.field(resolver=_what_was_deleted, name=name, description=description)


def _what_was_deleted(root: Any) -> str | None:
    return str(root.deleted) if root.deleted else None


if TYPE_CHECKING:
    CustomerCreatePayload = CustomerUpdatePayload = CustomerAccessTokenCreatePayload = Any
    CustomerAccessTokenRenewPayload = CustomerAccessTokenDeletePayload = CustomerAddressCreatePayload = Any
    CustomerAddressUpdatePayload = CustomerAddressDeletePayload = CustomerDefaultAddressUpdatePayload = Any
else:
    CustomerCreatePayload = customer_payload("CustomerCreatePayload", "customer")
    CustomerUpdatePayload = customer_payload("CustomerUpdatePayload", "customer", "customer_access_token")
    CustomerAccessTokenCreatePayload = customer_payload("CustomerAccessTokenCreatePayload", "customer_access_token")
    CustomerAccessTokenRenewPayload = customer_payload(
        "CustomerAccessTokenRenewPayload", "customer_access_token", plain=True
    )
    CustomerAccessTokenDeletePayload = customer_payload(
        "CustomerAccessTokenDeletePayload", "deleted_access_token", "deleted_customer_access_token_id", plain=True
    )
    CustomerAddressCreatePayload = customer_payload("CustomerAddressCreatePayload", "customer_address")
    CustomerAddressUpdatePayload = customer_payload("CustomerAddressUpdatePayload", "customer_address")
    CustomerAddressDeletePayload = customer_payload("CustomerAddressDeletePayload", "deleted_customer_address_id")
    CustomerDefaultAddressUpdatePayload = customer_payload("CustomerDefaultAddressUpdatePayload", "customer")


def _input(kind: Any, description: str) -> Argument:
    return Argument(kind, description, lambda written: written.decoded())


ADDRESS = _input(MailingAddressInput, "The address.")


@strawberry.type
class CustomerMutation:
    """Changes to customers."""

    customer_create: CustomerCreatePayload | None = changed_by(
        customers.create, "Make an account.", input=_input(CustomerCreateInput, "Who wants it.")
    )
    customer_update: CustomerUpdatePayload | None = changed_by(
        customers.update,
        "Change what is told of a customer.",
        customer_access_token=TOKEN,
        customer=_input(CustomerUpdateInput, "What the customer shall be."),
    )
    customer_access_token_create: CustomerAccessTokenCreatePayload | None = changed_by(
        customers.sign_in,
        "Sign in. Too many wrong tries have to wait.",
        input=Argument(CustomerAccessTokenCreateInput, "Who signs in.", lambda who: (who.email, who.password)),
    )
    customer_access_token_renew: CustomerAccessTokenRenewPayload | None = changed_by(
        customers.renew, "Take a new token for an old one, which ends.", customer_access_token=TOKEN
    )
    customer_access_token_delete: CustomerAccessTokenDeletePayload | None = changed_by(
        customers.sign_out, "Sign out: the token ends.", customer_access_token=TOKEN
    )
    customer_address_create: CustomerAddressCreatePayload | None = changed_by(
        customers.add_address, "Add an address to the book.", customer_access_token=TOKEN, address=ADDRESS
    )
    customer_address_update: CustomerAddressUpdatePayload | None = changed_by(
        customers.update_address,
        "Change an address in the book.",
        customer_access_token=TOKEN,
        id=id_argument(BOOK, "The address's id."),
        address=ADDRESS,
    )
    customer_address_delete: CustomerAddressDeletePayload | None = changed_by(
        customers.delete_address,
        "Take an address out of the book.",
        customer_access_token=TOKEN,
        id=id_argument(BOOK, "The address's id."),
    )
    customer_default_address_update: CustomerDefaultAddressUpdatePayload | None = changed_by(
        customers.use_address,
        "Make an address the usual one.",
        customer_access_token=TOKEN,
        address_id=id_argument(BOOK, "The address's id."),
    )
