"""What a field of the staff schema says of who may ask it."""

import strawberry
from strawberry.schema_directive import Location

ANYONE = "anyone"
"""Whoever comes by, like somebody about to sign in."""

STAFF = "staff"
"""Anybody on the staff, whatever their scopes."""

AS_FOUND = "as found"
"""A value's: whoever may ask a field that leads to the value may ask what is in it."""


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION],
    name="requires",
    description="Who asks this must have been given one of these scopes. `staff` is anybody on the staff, `anyone`"
    " whoever comes by. Writing includes reading, and what leads to the field has needs of its own.",
)
class Requires:
    """The scopes that open a field of the staff schema; one of them is enough."""

    scopes: list[str]
