"""May this document run at all? Limits first, in order of what they cost to check, then the rules of GraphQL."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from graphql import (
    ASTValidationRule,
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    KnownTypeNamesRule,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    ValidationContext,
    specified_rules,
    validate,
)
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule

from engine.cost import Cost
from engine.errors import QUERY_TOO_COMPLEX, VALIDATION_FAILED, Refused, coded, refusal
from engine.limits import Limits
from engine.measure import Measure, Shape
from engine.parsing import parsed
from engine.repetition import Repetition

MOST_UNUSED = 10  # fragments; of more of them than that nobody needs to be told one by one
MOST_INTROSPECTIONS = 4  # of the schema, in one operation
MOST_HELPED = 5_000  # characters; a longer document is told less, since telling errors costs more than finding them
MOST_HELPED_LITERALS = 100  # values written in it: an error may print them all


@dataclass(frozen=True, slots=True)
class Measured:
    """Of each operation in a document, by its name: its cost, and what its variables hand to fields."""

    costs: Mapping[str | None, Cost]
    handed: Mapping[str | None, Cost]
    literals: int


class KnownTypeNames(KnownTypeNamesRule):
    """The rule without its suggestions: each would be compared with every type of the schema."""

    def __init__(self, context: Any) -> None:
        quiet = copy(context)
        quiet._hide_suggestions = True
        super().__init__(quiet)


RULES = (
    *(KnownTypeNames if rule is KnownTypeNamesRule else rule for rule in specified_rules),
    MaybeNullValidationRule,
)


def admitted(text: str, schema: GraphQLSchema, limits: Limits, *, introspection: bool) -> tuple[DocumentNode, Measured]:
    """The document and its measure; a refusal if it is beyond a limit or not valid."""
    document = parsed(text, limits)
    measure = measured(document, schema, limits)
    Repetition(document, limits).check()
    helpful = len(text) <= MOST_HELPED and measure.literals <= MOST_HELPED_LITERALS
    errors = invalidities(document, schema, limits, introspection=introspection, helpful=helpful)
    if errors:
        raise Refused(coded(errors, VALIDATION_FAILED))
    return document, measure


def measured(document: DocumentNode, schema: GraphQLSchema, limits: Limits) -> Measured:
    """The measure of a document; a refusal if anything is beyond a limit."""
    _within("definitions", len(document.definitions), limits.definitions)
    measure = Measure(schema, document, limits)
    costs: dict[str | None, Cost] = {}
    handed: dict[str | None, Cost] = {}
    for node in document.definitions:
        if isinstance(node, OperationDefinitionNode):
            shape = measure.operation(node)
            name = node.name.value if node.name else None
            costs[name], handed[name] = measure.cost(shape), shape.handed
            _check(shape, limits)
    for number, fragment in enumerate(measure.unused()):
        if number >= MOST_UNUSED:
            message = f"Fragment '{fragment.name.value}' is never used."
            raise refusal(message, VALIDATION_FAILED, nodes=[fragment])
        _check(measure.fragment(fragment.name.value), limits)
    return Measured(costs, handed, measure.literals)


def invalidities(
    document: DocumentNode, schema: GraphQLSchema, limits: Limits, *, introspection: bool, helpful: bool
) -> list[GraphQLError]:
    """What the rules of GraphQL have against the document; with suggestions if that helps and gives nothing away."""
    rules = RULES if introspection else (*RULES, NoSchemaIntrospectionCustomRule)
    most = limits.errors if helpful else 1
    looking: list[Any] = []

    def made(rule: type[ASTValidationRule], context: ValidationContext) -> ASTValidationRule:
        looking.append(rule(context))
        return cast("ASTValidationRule", looking[-1])

    try:
        return validate(
            schema,
            document,
            cast("Any", [partial(made, rule) for rule in rules]),
            max_errors=most,
            hide_suggestions=not (helpful and introspection),
        )
    finally:
        for rule in looking:  # they know themselves in circles, and would keep the document until garbage is collected
            rule.__dict__.clear()


def _check(shape: Shape, limits: Limits) -> None:
    _within("fields", shape.fields, limits.fields)
    _within("aliases", shape.aliases, limits.aliases)
    _within("directives", shape.directives, limits.directives)
    _within("introspections of the schema", shape.introspections, MOST_INTROSPECTIONS)


def _within(what: str, count: int, most: int) -> None:
    if count > most:
        raise refusal(f"The document asks for {count} {what}; at most {most} are allowed.", QUERY_TOO_COMPLEX)
