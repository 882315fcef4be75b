"""Staff in tests: mutations by name and arguments, as somebody who may do everything."""

from typing import Any

from tortoise.connection import get_connection

from drills.ground.contents import all_at_once
from models.scopes import EVERYTHING
from resolvers.context import Viewer
from schema.admin.schema import admin
from tests.shop import Counter, a_shop

SCHEMA = admin()
CLERK = Counter(SCHEMA, Viewer(staff="clerk", scopes=EVERYTHING))


def gid(kind: str, key: object) -> str:
    """A global id, as this shop writes it."""
    return f"gid://shopwright/{kind}/{key}"


def key_of(gid: str) -> int:
    """The key in a global id."""
    return int(gid.rpartition("/")[2])


async def act(mutation: str, selection: str, *, by: Counter = CLERK, **arguments: Any) -> Any:
    """Carry out a mutation that must be well-formed; answers its payload, with `userErrors`."""
    field: Any = SCHEMA._schema.mutation_type.fields[mutation]  # type: ignore[union-attr]
    types = ", ".join(f"${name}: {field.args[name].type}" for name in arguments)
    given = ", ".join(f"{name}: ${name}" for name in arguments)
    head = f"mutation({types}) {{ {mutation}({given})" if arguments else f"mutation {{ {mutation}"
    asked = await by.ask(f"{head} {{ {selection} userErrors {{ field code message }} }} }}", **arguments)
    assert asked.codes == [], asked.codes
    return asked.data[mutation]


async def done(mutation: str, selection: str, *, by: Counter = CLERK, **arguments: Any) -> Any:
    """The same, which must not be refused."""
    answer = await act(mutation, selection, by=by, **arguments)
    assert answer["userErrors"] == [], answer["userErrors"]
    return answer


async def refusal(mutation: str, *, by: Counter = CLERK, **arguments: Any) -> tuple[str, str]:
    """The same, which must be refused and leave every table but the guesses: the error's code, and what is to blame."""
    database = get_connection("default")
    await a_shop()
    everything = await all_at_once(database)
    before = await database.execute_query_dict(everything)
    answer = await act(mutation, "__typename", by=by, **arguments)
    assert answer["userErrors"], f"{mutation} was not refused"
    after = await database.execute_query_dict(everything)
    changed = {now["name"] for then, now in zip(before, after, strict=True) if then != now}
    assert changed <= {"failed_tries"}, changed
    first = answer["userErrors"][0]
    return first["code"], ".".join(first["field"] or ())


async def look(question: str, **variables: Any) -> Any:
    """Ask something that must be answered."""
    asked = await CLERK.ask(question, **variables)
    assert asked.codes == [], asked.codes
    return asked.data
