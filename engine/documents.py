"""Documents, read once: from text or a hash to a parsed, measured and validated entry."""

from collections.abc import Callable, Hashable, Mapping, MutableMapping
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256

from graphql import DocumentNode, GraphQLSchema, OperationDefinitionNode

from engine.admission import admitted
from engine.cost import Cost
from engine.errors import (
    BAD_REQUEST,
    DOCUMENT_NOT_TRUSTED,
    NO_SUCH_OPERATION,
    PERSISTED_QUERY_NOT_FOUND,
    Refused,
    malformed,
    refusal,
)
from engine.limits import Limits
from engine.requests import GraphQLRequest
from engine.shelf import Shelf

BYTES_OF_A_DOCUMENT, BYTES_OF_A_CHARACTER = 12_000, 110  # kept in memory once the text is parsed, measured


@dataclass(slots=True)
class Document:
    """A document that may run. `plans` is room for whatever an executor makes of it once and uses again; what that
    takes in memory is told to `grown`, in bytes, so that the store stays within its bound."""

    id: str
    syntax: DocumentNode
    operations: Mapping[str | None, OperationDefinitionNode]
    costs: Mapping[str | None, Cost]
    handed: Mapping[str | None, Cost]
    weight: int
    plans: MutableMapping[Hashable, object] = field(default_factory=dict)
    grown: Callable[[int], object] = field(default=abs, repr=False)

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """The operation of that name, or the only one; a refusal if there is none such."""
        if name is None and len(self.operations) == 1:
            return next(iter(self.operations.values()))
        if name in self.operations:
            return self.operations[name]
        if name is None:
            raise refusal("The document has several operations: say which in 'operationName'.", NO_SUCH_OPERATION)
        raise refusal(f"The document has no operation named '{name}'.", NO_SUCH_OPERATION)


class DocumentStore:
    """The documents of one schema, the least recently used given up first.

    Refused documents are remembered too, in a store of their own, so that a broken client costs little and cannot push
    out the documents that work. With `trusted` documents, by their sha256 or another id, nothing else runs.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        limits: Limits,
        *,
        introspection: bool = True,
        trusted: Mapping[str, str] | None = None,
    ) -> None:
        self._schema = schema
        self._limits = limits
        self._introspection = introspection
        self._trusted = trusted
        self._trusted_texts = {sha256_of(text): text for text in (trusted or {}).values()}
        self._documents = Shelf[Document](limits.store_bytes)
        self._refusals = Shelf[Refused](limits.store_bytes // 8)

    @property
    def count(self) -> int:
        """How many documents are kept."""
        return self._documents.count

    def find(self, request: GraphQLRequest) -> Document:
        """The document a request means; a refusal if there is none or it may not run."""
        persisted = _persisted_hash(request)
        if self._trusted is not None:
            return self._read(*self._trusted_text(request, persisted))
        if request.query is not None:
            key = sha256_of(request.query)
            if persisted is not None and persisted != key:
                raise malformed("The sha256 hash is not that of the query.")
            return self._read(key, request.query)
        if persisted is None:
            raise malformed("The request has no 'query'.")
        document = self._documents.get(persisted)
        if document is None:
            raise refusal("PersistedQueryNotFound", PERSISTED_QUERY_NOT_FOUND, status=404)
        return document

    def _trusted_text(self, request: GraphQLRequest, persisted: str | None) -> tuple[str, str]:
        text = None
        if request.query is not None:
            text = self._trusted_texts.get(sha256_of(request.query))
        elif (asked := request.document_id or persisted) is not None:
            text = (self._trusted or {}).get(asked) or self._trusted_texts.get(asked)
        if text is None:
            raise refusal("Only the documents registered with this server may run.", DOCUMENT_NOT_TRUSTED, status=403)
        return sha256_of(text), text

    def _read(self, key: str, text: str) -> Document:
        document = self._documents.get(key)
        if document is not None:
            return document
        known = self._refusals.get(key)
        if known is not None:
            raise Refused(known.errors, status=known.status)
        try:
            document = self._admit(key, text)
        except Refused as refused:
            remembered = Refused(refused.errors, status=refused.status)  # without the frames it was raised through
            self._refusals.put(key, remembered, weight=_weight(text))
            raise Refused(refused.errors, status=refused.status) from None
        document.grown = partial(self._documents.outweigh, key)
        self._documents.put(key, document, weight=document.weight)
        return document

    def _admit(self, key: str, text: str) -> Document:
        syntax, measured = admitted(text, self._schema, self._limits, introspection=self._introspection)
        operations = {
            node.name.value if node.name else None: node
            for node in syntax.definitions
            if isinstance(node, OperationDefinitionNode)
        }
        if not operations:
            raise refusal("The document has no operation.", NO_SUCH_OPERATION)
        return Document(key, syntax, operations, measured.costs, measured.handed, weight=_weight(text))


def sha256_of(text: str) -> str:
    """The hash by which clients name a persisted document."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _weight(text: str) -> int:
    return BYTES_OF_A_DOCUMENT + BYTES_OF_A_CHARACTER * len(text)


def _persisted_hash(request: GraphQLRequest) -> str | None:
    persisted = request.extensions.get("persistedQuery")
    if persisted is None:
        return request.document_id
    if not isinstance(persisted, dict) or persisted.get("version") != 1:
        raise malformed("Only version 1 of persisted queries is supported.", BAD_REQUEST)
    key = persisted.get("sha256Hash")
    if not isinstance(key, str):
        raise malformed("'persistedQuery.sha256Hash' must be a string.", BAD_REQUEST)
    return key.lower()
