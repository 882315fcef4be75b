"""Customers, for staff."""

import datetime as dt

import strawberry

from loaders.rows import customers as rows
from models.customers import CustomerState
from resolvers import staff_customers
from schema.admin.inputs import optional, required, told_as
from schema.admin.payloads import deletion, payload
from schema.binding import changed_by, described, describes, resolved_by
from schema.codes import CountryCode
from schema.connections import connection
from schema.enums import told
from schema.ids import Node, id_argument, id_of, number_key
from schema.scalars import UnsignedInt64

NEEDS, CHANGING = "read_customers", "write_customers"
CUSTOMER, ADDRESS = number_key("Customer"), number_key("MailingAddress")

told(
    staff_customers.CustomerSort,
    "CustomerSortKeys",
    "What customers can be sorted by.",
    {
        "CREATED_AT": "When the account was made.",
        "ID": "Their ids.",
        "EMAIL": "Their emails.",
        "UPDATED_AT": "When they last changed.",
    },
)
told(
    CustomerState,
    "CustomerState",
    "Whether a customer may sign in.",
    {"INVITED": "No password was chosen yet.", "ENABLED": "They may.", "DISABLED": "They may not."},
)


@strawberry.type(description="An address in a customer's book.")
@describes(rows.CustomerAddress, needs=NEEDS)
class CustomerAddress(Node):
    """An address in a customer's book."""

    id: strawberry.ID = id_of("MailingAddress")
    first_name: str | None = resolved_by(staff_customers.part("first_name"), "The receiver's first name.")
    last_name: str | None = resolved_by(staff_customers.part("last_name"), "The receiver's last name.")
    company: str | None = resolved_by(staff_customers.part("company"), "The receiver's company.")
    address1: str | None = resolved_by(staff_customers.part("address1"), "Street and number.")
    address2: str | None = resolved_by(staff_customers.part("address2"), "What else finds the door.")
    city: str | None = resolved_by(staff_customers.part("city"), "City, town or village.")
    zip: str | None = resolved_by(staff_customers.part("zip"), "The postal code.")
    province_code: str | None = resolved_by(staff_customers.part("province_code"), "The province, by its code.")
    country_code: str | None = resolved_by(staff_customers.part("country_code"), "The country, by its code.")
    phone: str | None = resolved_by(staff_customers.part("phone"), "Where the carrier can call.")
    formatted: list[str] = resolved_by(staff_customers.formatted, "The address line by line, as its country writes it.")


CustomerAddressConnection = connection(CustomerAddress, "an address")


@strawberry.type(description="Somebody with an account.")
@describes(rows.Customer, needs=NEEDS)
class Customer(Node):
    """Somebody with an account."""

    id: strawberry.ID = id_of("Customer")
    email: str = described("Where letters go.")
    first_name: str | None = described("The first name.")
    last_name: str | None = described("The last name.")
    display_name: str = described("The name, else the email.")
    phone: str | None = described("The phone number.")
    state: CustomerState = resolved_by(staff_customers.state, "Whether they may sign in.")
    note: str | None = resolved_by(staff_customers.note, "What staff wrote of them.")
    tags: list[str] = described("Words they are sorted under.")
    accepts_marketing: bool = described("Whether they want letters about offers. Shopwright's own shape.")
    number_of_orders: UnsignedInt64 = resolved_by(
        staff_customers.number_of_orders, 'How many orders they placed; find these by `orders(query: "customer_id:…")`.'
    )
    addresses_v2: CustomerAddressConnection = resolved_by(
        staff_customers.addresses, "The address book.", renamed="addressesV2"
    )
    default_address: CustomerAddress | None = resolved_by(staff_customers.default_address, "The usual address.")
    created_at: dt.datetime = described("When the account was made.")
    updated_at: dt.datetime = described("When it last changed.")


CustomerConnection = connection(Customer, "a customer")


@strawberry.type
class CustomerQuery:
    """Questions about customers."""

    customers: CustomerConnection = resolved_by(
        staff_customers.customers,
        "The shop's customers.",
        needs=NEEDS,
        query="What to search for, like `state:invited created_at:>=2026-04-01`; a word alone is the beginning of an"
        " email or a name.",
        sort_key="What to sort by.",
    )
    customer: Customer | None = resolved_by(
        staff_customers.customer, "One customer.", needs=NEEDS, id=id_argument(CUSTOMER, "The customer's id.")
    )


@strawberry.input(description="An address of a customer.")
class MailingAddressInput:
    """An address of a customer."""

    first_name: str | None = optional("The receiver's first name.")
    last_name: str | None = optional("The receiver's last name.")
    company: str | None = optional("The receiver's company.")
    address1: str | None = optional("Street and number.")
    address2: str | None = optional("What else finds the door.")
    city: str | None = optional("City, town or village.")
    zip: str | None = optional("The postal code.")
    province_code: str | None = optional("The province, by its code.")
    country_code: CountryCode | None = optional("The country.", decode=str)
    phone: str | None = optional("Where the carrier can call.")


@strawberry.input
class CustomerTerms:
    """What can be told of a customer."""

    email: str | None = optional("Where letters go; each email has one account.")
    first_name: str | None = optional("The first name.")
    last_name: str | None = optional("The last name.")
    phone: str | None = optional("The phone number.")
    note: str | None = optional("What staff should know of them.")
    tags: list[str] | None = optional("Words they are sorted under; the whole list.")
    accepts_marketing: bool | None = optional("Whether they want letters about offers.")


@strawberry.input(description="One more customer.")
class CustomerCreateInput(CustomerTerms):
    """One more customer."""

    addresses: list[MailingAddressInput] | None = optional("The address book; the first becomes the usual one.")


@strawberry.input(description="What changes about a customer.")
class CustomerUpdateInput(CustomerTerms):
    """What changes about a customer."""

    id: strawberry.ID = required("The customer.", decode=CUSTOMER)


@strawberry.input(description="A customer to be forgotten.")
class CustomerDeleteInput:
    """A customer to be forgotten."""

    id: strawberry.ID = required("The customer.", decode=CUSTOMER)


CustomerCreatePayload = payload("CustomerCreate", "customer", Customer, "The customer.")
CustomerUpdatePayload = payload("CustomerUpdate", "customer", Customer, "The customer.")
CustomerDeletePayload = deletion("CustomerDelete", "deleted_customer_id", "Customer", "The id that is free again.")
CustomerSendAccountInviteEmailPayload = payload(
    "CustomerSendAccountInviteEmail", "customer", Customer, "The customer who gets the letter."
)
CustomerAddressCreatePayload = payload("CustomerAddressCreate", "address", CustomerAddress, "The address.")
CustomerAddressUpdatePayload = payload("CustomerAddressUpdate", "address", CustomerAddress, "The address.")
CustomerAddressDeletePayload = deletion(
    "CustomerAddressDelete", "deleted_address_id", "MailingAddress", "The id that is free again."
)


@strawberry.type
class CustomerMutation:
    """What staff do with customers."""

    customer_create: CustomerCreatePayload | None = changed_by(
        staff_customers.create,
        "Make an account without a password.",
        needs=CHANGING,
        input=told_as(CustomerCreateInput, "The customer."),
    )
    customer_update: CustomerUpdatePayload | None = changed_by(
        staff_customers.update,
        "Change what is told of a customer.",
        needs=CHANGING,
        input=told_as(CustomerUpdateInput, "What changes."),
    )
    customer_delete: CustomerDeletePayload | None = changed_by(
        staff_customers.delete,
        "Forget a customer who has no orders.",
        needs=CHANGING,
        input=told_as(CustomerDeleteInput, "The customer."),
    )
    customer_send_account_invite_email: CustomerSendAccountInviteEmailPayload | None = changed_by(
        staff_customers.invite,
        "Have a letter sent with which a customer chooses the first password.",
        needs=CHANGING,
        customer_id=id_argument(CUSTOMER, "The customer's id."),
    )
    customer_address_create: CustomerAddressCreatePayload | None = changed_by(
        staff_customers.create_address,
        "Add an address to a customer's book.",
        needs=CHANGING,
        customer_id=id_argument(CUSTOMER, "The customer's id."),
        address=told_as(MailingAddressInput, "The address."),
        set_as_default="Whether it becomes the usual one.",
    )
    customer_address_update: CustomerAddressUpdatePayload | None = changed_by(
        staff_customers.update_address,
        "Put another address in the place of one in a customer's book.",
        needs=CHANGING,
        customer_id=id_argument(CUSTOMER, "The customer's id."),
        address_id=id_argument(ADDRESS, "The address's id."),
        address=told_as(MailingAddressInput, "The address."),
        set_as_default="Whether it becomes the usual one.",
    )
    customer_address_delete: CustomerAddressDeletePayload | None = changed_by(
        staff_customers.delete_address,
        "Take an address out of a customer's book.",
        needs=CHANGING,
        customer_id=id_argument(CUSTOMER, "The customer's id."),
        address_id=id_argument(ADDRESS, "The address's id."),
    )
