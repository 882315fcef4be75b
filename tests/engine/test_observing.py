"""What whoever counts operations is told."""

from collections.abc import Sequence

from engine import Engine, OperationFacts, SilentObserver
from tests.engine.asking import asked, client_of
from tests.engine.talking import Talk
from tests.engine.toy import app_of, schema


class Notebook(SilentObserver):
    """Writes down what it is told."""

    def __init__(self) -> None:
        self.notes: list[tuple[object, ...]] = []

    def request_refused(self, transport: str, *, codes: Sequence[str]) -> None:
        self.notes.append(("refused", transport, *codes))

    def answer_kept(self, *, found: bool) -> None:
        self.notes.append(("kept", str(found)))

    def operation_started(self, operation: OperationFacts) -> None:
        self.notes.append(("started", operation.kind, operation.name, operation.transport))

    def operation_finished(self, operation: OperationFacts, *, codes: Sequence[str], seconds: float) -> None:
        assert 0 < seconds < 60
        self.notes.append(("finished", operation.kind, operation.name, *codes))

    def subscription_opened(self, operation: OperationFacts) -> None:
        self.notes.append(("opened", operation.name))

    def subscription_closed(self, operation: OperationFacts, *, codes: Sequence[str]) -> None:
        self.notes.append(("closed", operation.name, *codes))


async def test_an_operation_is_told_when_it_starts_and_when_it_ends() -> None:
    notebook = Notebook()
    async with client_of(Engine(schema, observer=notebook)) as client:
        await asked(client, "query Greet { hello refused }")
        await asked(client, "mutation { write }")

    assert notebook.notes == [
        ("started", "query", "Greet", "http"),
        ("finished", "query", "Greet", "FORBIDDEN"),
        ("started", "mutation", None, "http"),
        ("finished", "mutation", None),
    ]


async def test_a_refused_request_is_told_with_its_code() -> None:
    notebook = Notebook()
    engine = Engine(schema, observer=notebook)
    async with client_of(engine) as client:
        await asked(client, "{ helo }")
        await client.put("/graphql")
    talk = await Talk(app_of(engine)).begin()
    talk.subscribe("{")
    await talk.hear()
    await talk.leave()

    assert notebook.notes == [
        ("refused", "http", "GRAPHQL_VALIDATION_FAILED"),
        ("refused", "http", "METHOD_NOT_ALLOWED"),
        ("refused", "websocket", "GRAPHQL_PARSE_FAILED"),
    ]


async def test_a_subscription_is_told_when_it_opens_and_why_it_closes() -> None:
    notebook = Notebook()
    async with client_of(Engine(schema, observer=notebook)) as client:
        accept = {"accept": "application/json, text/event-stream"}
        await client.post("/graphql", json={"query": "subscription Follow { untilForbidden }"}, headers=accept)

    assert notebook.notes == [
        ("opened", "Follow"),
        ("started", "subscription", "Follow", "sse"),
        ("finished", "subscription", "Follow"),
        ("closed", "Follow", "FORBIDDEN"),
    ]
