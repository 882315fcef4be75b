"""Runs GraphQL operations over HTTP, SSE and WebSocket, within limits. Knows nothing of what a schema sells."""

from engine.documents import Document, DocumentStore
from engine.engine import Answer, ContextFor, Engine
from engine.errors import Refused, refusal
from engine.executor import Execution, Executor, ReferenceExecutor
from engine.keeping import KeepingRules
from engine.limits import Limits
from engine.observing import Observer, SilentObserver
from engine.operations import Keeping, OperationFacts, RowBudget
from engine.places import Places
from engine.transports.http import RoomFor, http_endpoint, sse_endpoint
from engine.transports.shutdown import closing_on_signals
from engine.transports.websocket import websocket_endpoint

__all__ = [
    "Answer",
    "ContextFor",
    "Document",
    "DocumentStore",
    "Engine",
    "Execution",
    "Executor",
    "Keeping",
    "KeepingRules",
    "Limits",
    "Observer",
    "OperationFacts",
    "Places",
    "ReferenceExecutor",
    "Refused",
    "RoomFor",
    "RowBudget",
    "SilentObserver",
    "closing_on_signals",
    "http_endpoint",
    "refusal",
    "sse_endpoint",
    "websocket_endpoint",
]
