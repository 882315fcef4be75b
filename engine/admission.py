"""May this document run at all? Limits first, in order of what they cost to check, then the rules of GraphQL."""

from collections.abc import Mapping

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
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

MOST_INTROSPECTIONS = 4  # of the schema, in one operation
ERRORS_WITH_SUGGESTIONS = 3  # a suggestion costs a comparison with every name it might have been
RULES = (*specified_rules, MaybeNullValidationRule)


def admitted(
    text: str, schema: GraphQLSchema, limits: Limits, *, introspection: bool
) -> tuple[DocumentNode, Mapping[str | None, Cost]]:
    """The document and the cost of each operation in it; a refusal if it is beyond a limit or not valid."""
    document = parsed(text, limits)
    costs = measured(document, schema, limits)
    Repetition(document, limits).check()
    errors = invalidities(document, schema, limits, introspection=introspection)
    if errors:
        raise Refused(coded(errors, VALIDATION_FAILED))
    return document, costs


def measured(document: DocumentNode, schema: GraphQLSchema, limits: Limits) -> Mapping[str | None, Cost]:
    """The cost of each operation by its name; a refusal if an operation or a fragment is beyond a limit."""
    _within("definitions", len(document.definitions), limits.definitions)
    measure = Measure(schema, document, limits)
    costs: dict[str | None, Cost] = {}
    for node in document.definitions:
        if isinstance(node, OperationDefinitionNode):
            shape = measure.operation(node)
            costs[node.name.value if node.name else None] = measure.cost(shape)
        elif isinstance(node, FragmentDefinitionNode):
            shape = measure.fragment(node.name.value)
        else:
            continue
        _check(shape, limits)
    return costs


def invalidities(
    document: DocumentNode, schema: GraphQLSchema, limits: Limits, *, introspection: bool
) -> list[GraphQLError]:
    """What the rules of GraphQL have against the document. Suggestions would tell the schema's names, so they are made
    only where introspection is allowed, and only for the first few errors."""
    rules = RULES if introspection else (*RULES, NoSchemaIntrospectionCustomRule)
    errors = validate(schema, document, rules, max_errors=limits.errors, hide_suggestions=True)
    if errors and introspection:
        helpful = validate(schema, document, rules, max_errors=ERRORS_WITH_SUGGESTIONS)
        return [*helpful[:ERRORS_WITH_SUGGESTIONS], *errors[ERRORS_WITH_SUGGESTIONS:]]
    return errors


def _check(shape: Shape, limits: Limits) -> None:
    _within("fields", shape.fields, limits.fields)
    _within("aliases", shape.aliases, limits.aliases)
    _within("directives", shape.directives, limits.directives)
    _within("introspections of the schema", shape.introspections, MOST_INTROSPECTIONS)


def _within(what: str, count: int, most: int) -> None:
    if count > most:
        raise refusal(f"The document asks for {count} {what}; at most {most} are allowed.", QUERY_TOO_COMPLEX)
