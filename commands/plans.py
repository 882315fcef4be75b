"""`plan`: what the engine makes of a document."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from commands import Refusal


def plan(
    file: Annotated[Path, typer.Argument(metavar="FILE.graphql", help="The document; `-` reads it from the terminal.")],
    operation: Annotated[str, typer.Option(help="Which operation, if there are several.")] = "",
    variables: Annotated[str, typer.Option(help="Its variables as JSON; they decide @skip and @include.")] = "{}",
    admin: Annotated[bool, typer.Option("--admin", help="Of the staff schema.")] = False,
) -> None:
    """Print the Python that an operation is compiled to."""
    import orjson

    from engine import DocumentStore, Limits, Refused
    from engine.plans.executor import PlanExecutor, PlannedExecution
    from engine.requests import GraphQLRequest

    if admin:
        from schema.admin.schema import admin as schema_of
    else:
        from schema.storefront.schema import storefront as schema_of
    schema, limits = schema_of(), Limits()
    text = sys.stdin.read() if str(file) == "-" else file.read_text()
    try:
        document = DocumentStore(schema._schema, limits).find(GraphQLRequest(query=text))
        node = document.operation(operation or None)
        execution = PlanExecutor(schema, limits).prepare(document, node, orjson.loads(variables))
    except Refused as refused:
        raise Refusal("; ".join(error.message for error in refused.errors)) from None
    if not isinstance(execution, PlannedExecution):
        raise Refusal("No plan covers this operation: graphql-core runs it.")
    typer.echo(execution.text)
