"""Coming back into an account: a letter, and a password chosen with what it holds."""

from typing import TYPE_CHECKING, Any

import strawberry

from resolvers import customers
from schema.binding import Argument, changed_by
from schema.ids import id_argument, number_key
from schema.scalars import URL
from schema.storefront.customer_mutations import customer_payload

CUSTOMER = number_key("Customer")
PASSWORD = "The password: 5 to 255 characters."  # noqa: S105 - this tells what a password is


@strawberry.input(description="A new password, and what shows that it may be chosen.")
class CustomerResetInput:
    """A new password."""

    reset_token: str = strawberry.field(description="The token from the letter. It is good once.")
    password: str = strawberry.field(description=PASSWORD)


@strawberry.input(description="A first password, and what shows that it may be chosen.")
class CustomerActivateInput:
    """A first password."""

    activation_token: str = strawberry.field(description="The token from the letter. It is good once.")
    password: str = strawberry.field(description=PASSWORD)


if TYPE_CHECKING:
    CustomerRecoverPayload = CustomerResetPayload = CustomerResetByUrlPayload = CustomerActivatePayload = Any
else:
    CustomerRecoverPayload = customer_payload("CustomerRecoverPayload")
    CustomerResetPayload = customer_payload("CustomerResetPayload", "customer", "customer_access_token")
    CustomerResetByUrlPayload = customer_payload("CustomerResetByUrlPayload", "customer", "customer_access_token")
    CustomerActivatePayload = customer_payload("CustomerActivatePayload", "customer", "customer_access_token")


@strawberry.type
class CustomerRecoveryMutation:
    """Coming back into an account."""

    customer_recover: CustomerRecoverPayload | None = changed_by(
        customers.recover,
        "Have a letter sent with which to choose a new password. The answer is the same for an email nobody has.",
        email="The customer's email.",
    )
    customer_reset: CustomerResetPayload | None = changed_by(
        customers.reset,
        "Choose a new password with the token from a letter. It ends every other token.",
        id=id_argument(CUSTOMER, "The customer's id."),
        input=Argument(CustomerResetInput, "The token and the password.", lambda it: (it.reset_token, it.password)),
    )
    customer_reset_by_url: CustomerResetByUrlPayload | None = changed_by(
        customers.reset_by_url,
        "Choose a new password with the whole link from a letter.",
        reset_url=Argument(URL, "The link from the letter.", str),
        password=PASSWORD,
    )
    customer_activate: CustomerActivatePayload | None = changed_by(
        customers.activate,
        "Choose the first password of an account one was invited to.",
        id=id_argument(CUSTOMER, "The customer's id."),
        input=Argument(
            CustomerActivateInput, "The token and the password.", lambda it: (it.activation_token, it.password)
        ),
    )
