"""How much one request, document, operation and connection may take."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The defaults pass the documents real storefronts send and stop what would cost more to run than to ask."""

    # A request, before anything is parsed.
    body_bytes: int = 256 * 1024
    body_seconds: float = 20.0  # that it may take to come, and as much again for each `body_bytes` it is longer
    # A document, while it is read.
    document_characters: int = 64 * 1024
    tokens: int = 2_000
    comments: int = 1_000
    # A document, measured with its fragments expanded, before it is validated.
    depth: int = 25
    fields: int = 2_000
    aliases: int = 200
    directives: int = 200
    definitions: int = 100
    literals: int = 500  # values written in arguments, each counted where it is written
    comparisons: int = 4_000  # pairs of fields that validation would have to compare with one another
    errors: int = 5  # told about one document; each may print what it is about
    # An operation, with its variables.
    values: int = 5_000  # that variables hand to fields, each as often as it is handed over
    # Objects in the largest answer it could get.
    cost: int = 1_000_000
    unpaged_list: int = 5  # how long a list without page arguments is taken to be
    default_page: int = 20  # how long a page is taken to be when neither the client nor the schema says
    # An operation while it runs.
    rows: int = 250_000
    deadline: float = 30.0  # seconds
    # What is kept between requests.
    store_bytes: int = 32 * 1024 * 1024
    # A WebSocket or an event stream.
    frame_bytes: int = 256 * 1024
    operations_per_socket: int = 100
    streams_per_viewer: int = 200
    streams_per_address: int = 6_000  # half the process: an unnamed proxy stands for many shoppers
    streams: int = 12_000  # of one process, and as many sockets
    init_seconds: float = 5.0
    ping_seconds: float = 6.0  # of silence before a ping
    pong_seconds: float = 7.5  # to answer it; a peer that does not is dead, or reads nothing
    keep_alive_seconds: float = 12.0  # between comments on an idle event stream
    slow_reader_seconds: float = 10.0  # that one message may wait to be taken
    close_seconds: float = 5.0  # for everything open to end when the engine closes

    @property
    def shortest_patience(self) -> float:
        """The shortest of the times above that a stream is watched by."""
        return min(
            self.init_seconds,
            self.ping_seconds,
            self.pong_seconds,
            self.keep_alive_seconds,
            self.slow_reader_seconds,
        )
