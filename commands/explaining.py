"""An operation's plan, and the statements it runs: what `plan` prints."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tortoise.exceptions import OperationalError
from tortoise.transactions import in_transaction

from commands import Refusal
from commerce.access import Signer
from database.connection import address_of, connected
from database.watching import watching
from engine import DocumentStore, Limits, Refused
from engine.plans.executor import PlanExecutor, PlannedExecution
from engine.requests import GraphQLRequest
from loaders.reading import row_of
from loaders.rows.shop import Shop
from models.scopes import EVERYTHING
from models.shop import Shop as ShopTable
from outbox.announcing import IN_PROCESS
from resolvers.context import Context, Services, Viewer
from settings import Settings

OWNER = Viewer(staff="plan", scopes=EVERYTHING, owner=True)
Statements = Sequence[tuple[str, float]]


class _TakenBack(Exception):
    """Ends a transaction that is to leave nothing."""


@dataclass(frozen=True, slots=True)
class Explained:
    """An operation with its plan; `kind` is query, mutation or subscription."""

    kind: str
    execution: PlannedExecution
    viewer: Viewer

    @property
    def python(self) -> str:
        """The Python it runs."""
        return self.execution.text


def explained(text: str, operation: str | None, variables: Mapping[str, Any], *, admin: bool) -> Explained:
    """Find the plan of an operation; a Refusal if it may not run or none covers it."""
    if admin:
        from schema.admin.schema import admin as schema_of
    else:
        from schema.storefront.schema import storefront as schema_of
    schema, limits = schema_of(), Limits()
    try:
        document = DocumentStore(schema._schema, limits).find(GraphQLRequest(query=text))
        node = document.operation(operation)
        execution = PlanExecutor(schema, limits).prepare(document, node, dict(variables))
    except Refused as refused:
        raise Refusal("; ".join(error.message for error in refused.errors)) from None
    if not isinstance(execution, PlannedExecution):
        raise Refusal("No plan covers this operation: graphql-core runs it.")
    return Explained(node.operation.value, execution, OWNER if admin else Viewer())


async def statements_of(found: Explained, settings: Settings) -> tuple[Statements | None, Sequence[str]]:
    """The SQL that the operation runs in the configured database, each with its seconds; and the errors it answers.

    None where there is no shop. What a mutation does is rolled back.
    """
    address = address_of(settings.database)
    if address.is_sqlite and not address.file.exists():
        return None, ()
    async with connected(settings.database):
        shop = await _shop()
        if shop is None:
            return None, ()
        statements: list[tuple[str, float]] = []
        context = _context(found, shop, settings)
        with watching(lambda sql, seconds: statements.append((sql, seconds))):
            answer = await _answer(found, context)
        return statements, [error.message for error in answer.errors or ()]


async def _shop() -> Shop | None:
    try:
        return await row_of(ShopTable.filter(id=1), Shop)
    except OperationalError:  # a database without tables
        return None


async def _answer(found: Explained, context: Context) -> Any:
    if found.kind == "query":
        return await found.execution.answer(context)
    answer: Any = None
    try:
        async with in_transaction():
            answer = await found.execution.answer(context)
            raise _TakenBack
    except _TakenBack:
        return answer


def _context(found: Explained, shop: Shop, settings: Settings) -> Context:
    wishes = found.execution.directives.get("inContext", {})
    return Context(
        shop=shop,
        public_url=settings.public_url,
        now=dt.datetime.now(dt.UTC),
        services=Services(feed=IN_PROCESS, signer=Signer(["a key that signs nothing which is kept"])),
        viewer=found.viewer,
        country=_code(wishes.get("country")),
        language=_code(wishes.get("language")),
    )


def _code(value: Any) -> str | None:
    return str(getattr(value, "value", value)) if value else None
