"""Answers of the staff's mutations: the thing as it stands, and what was refused."""

from typing import Any

import strawberry

from resolvers.context import Context
from resolvers.staff_outcomes import Outcome
from resolvers.staff_outcomes import UserError as UserErrorRow
from schema.binding import described, describes, resolved_by
from schema.ids import gid
from schema.requirements import AS_FOUND


@strawberry.type(description="Why a mutation was refused, or what to mend before trying again.")
@describes(UserErrorRow, needs=AS_FOUND)
class UserError:
    """Why a mutation was refused."""

    field: list[str] | None = described("The path to the argument that is to blame.")
    message: str = described("What is wrong, in a sentence.")
    code: str | None = described("What is wrong, in one word that does not change. Shopwright's own.")


def _row(context: Context, outcome: Outcome) -> Any:
    return outcome.row


def payload(name: str, field: str, kind: Any, description: str, *, renamed: str | None = None) -> Any:
    """Make `<name>Payload` with the thing under `field`, null where the mutation was refused."""
    return _payload(name, field, kind, resolved_by(_row, description, renamed=renamed))


def deletion(name: str, field: str, type_name: str, description: str) -> Any:
    """Make `<name>Payload` with the id of what is gone under `field`, null where the mutation was refused."""

    def gone(context: Context, outcome: Outcome) -> str | None:
        return None if outcome.row is None else gid(type_name, outcome.row)

    return _payload(name, field, strawberry.ID, resolved_by(gone, description))


def _payload(name: str, field: str, kind: Any, made_by: Any) -> Any:
    namespace: dict[str, Any] = {
        "__annotations__": {field: kind | None, "user_errors": list[UserError]},
        "__module__": __name__,
        field: made_by,
        "user_errors": described("Why it was refused; empty when it was done."),
    }
    made = type(f"{name}Payload", (), namespace)
    return strawberry.type(
        describes(Outcome, needs=AS_FOUND)(made), description=f"The answer of `{name[0].lower()}{name[1:]}`."
    )
