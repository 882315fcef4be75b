"""Logs: one JSON object a line, or lines for people, with the id of the request they belong to."""

import logging
import sys
import traceback
from typing import Any, Literal

import orjson
import structlog
from structlog.typing import EventDict, Processor

Format = Literal["auto", "json", "text"]
QUIET = ("uvicorn", "uvicorn.error", "asyncio", "aiosqlite", "tortoise", "PIL", "multipart")


def configure_logs(*, level: str, style: Format) -> None:
    """Send everything the process says, ours and the libraries', to standard error in one form."""
    least = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *(_for_people() if _people_read(style) else [_trace_as_text, _as_json]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=structlog.BytesLoggerFactory(sys.stderr.buffer),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=least, handlers=[_Forwarding()], force=True)
    logging.captureWarnings(True)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(least, logging.WARNING))


def _people_read(style: Format) -> bool:
    return style == "text" or (style == "auto" and sys.stderr.isatty())


def _for_people() -> list[Processor]:
    from structlog.dev import ConsoleRenderer, plain_traceback

    render = ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain_traceback)

    def as_bytes(logger: Any, method: str, event: EventDict) -> bytes:
        return str(render(logger, method, event)).encode()

    return [as_bytes]


def _trace_as_text(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """The trace of a bug, without the values of variables: those could be anybody's secrets."""
    problem = event.pop("exc_info", None)
    if problem is True:
        problem = sys.exc_info()
    if isinstance(problem, BaseException):
        problem = (type(problem), problem, problem.__traceback__)
    if problem and problem[0]:
        event["trace"] = "".join(traceback.format_exception(*problem))
    return event


def _as_json(_logger: Any, _method: str, event: EventDict) -> bytes:
    return orjson.dumps(event, default=repr)


class _Forwarding(logging.Handler):
    """Gives what libraries log through Python's logging the same form."""

    def emit(self, record: logging.LogRecord) -> None:
        log = structlog.get_logger().bind(logger=record.name)
        extra = {"exc_info": record.exc_info} if record.exc_info else {}
        log.log(record.levelno, record.getMessage(), **extra)
