"""Text into a document, within limits, without the directives that ask for an answer in parts."""

import re

from graphql import (
    REMOVE,
    SKIP,
    DirectiveNode,
    DocumentNode,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    VisitorAction,
    parse,
    visit,
)

from engine.errors import DOCUMENT_TOO_LARGE, PARSE_FAILED, Refused, coded, refusal
from engine.limits import Limits

INCREMENTAL = ("defer", "stream")
MENTIONS_INCREMENTAL = re.compile(r"@\s*(defer|stream)\b")
NUL = re.compile(r"\\u(0000|\{0+\})")


def parsed(text: str, limits: Limits) -> DocumentNode:
    """The document, answerable in one piece; a refusal if it is too large or not GraphQL."""
    if len(text) > limits.document_characters:
        message = f"The document is longer than {limits.document_characters} characters."
        raise refusal(message, DOCUMENT_TOO_LARGE)
    if NUL.search(text):
        raise refusal("The document contains the character U+0000.", PARSE_FAILED)
    try:
        document = parse(text, max_lexical_tokens=limits.tokens, max_comments=limits.comments)
    except GraphQLSyntaxError as error:
        code = DOCUMENT_TOO_LARGE if "Parsing aborted" in error.message else PARSE_FAILED
        raise Refused(coded([error], code)) from None
    _unlink(document)
    return whole(document) if MENTIONS_INCREMENTAL.search(text) else document


def _unlink(document: DocumentNode) -> None:
    """Take the tokens apart: a chain both ways would outlive its document until garbage is collected."""
    token = document.loc and document.loc.start_token
    while token:
        following, token.next, token.prev = token.next, None, None
        token = following


def whole(document: DocumentNode) -> DocumentNode:
    """The document without `@defer` and `@stream`, and without the variables only they used."""
    dropping = _DropIncremental()
    document = visit(document, dropping)
    return visit(document, _DropUnused(dropping.variables)) if dropping.variables else document


class _DropIncremental(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.variables: set[str] = set()

    def enter_directive(self, node: DirectiveNode, *_: object) -> VisitorAction:
        if node.name.value not in INCREMENTAL:
            return None
        values = [argument.value for argument in node.arguments or ()]
        self.variables.update(value.name.value for value in values if isinstance(value, VariableNode))
        return REMOVE


class _DropUnused(Visitor):
    """Removes the definitions of `candidates` that nothing in the document uses."""

    def __init__(self, candidates: set[str]) -> None:
        super().__init__()
        self._candidates = candidates
        self._used: set[str] = set()

    def enter_document(self, node: DocumentNode, *_: object) -> None:
        seeing = _SeeVariables()
        visit(node, seeing)
        self._used = seeing.used

    def enter_operation_definition(self, node: OperationDefinitionNode, *_: object) -> None:
        return None

    def enter_variable_definition(self, node: VariableDefinitionNode, *_: object) -> VisitorAction:
        name = node.variable.name.value
        return REMOVE if name in self._candidates and name not in self._used else None


class _SeeVariables(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.used: set[str] = set()

    def enter_variable_definition(self, node: VariableDefinitionNode, *_: object) -> VisitorAction:
        return SKIP

    def enter_variable(self, node: VariableNode, *_: object) -> None:
        self.used.add(node.name.value)
