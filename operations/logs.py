"""Logs: one JSON object a line, or lines for people, with the id of the request they belong to."""

import datetime as dt
import logging
import sys
import traceback
from contextvars import ContextVar
from typing import Any

import orjson

LIBRARIES = "uvicorn uvicorn.error asyncio aiosqlite tortoise PIL multipart stripe httpx httpcore"
REQUEST: ContextVar[str] = ContextVar("request", default="")
"""The id of the request that the running task serves."""

_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def configure_logs(*, level: str, style: str) -> None:
    """Send everything the process says, ours and the libraries', to standard error in one form."""
    least = logging.getLevelNamesMapping()[level.upper()]
    for_people = style == "text" or (style == "auto" and sys.stderr.isatty())
    handler = logging.StreamHandler()
    handler.setFormatter(ForPeople() if for_people else AsJson())
    logging.basicConfig(level=least, handlers=[handler], force=True)
    logging.captureWarnings(True)
    for name in LIBRARIES.split():
        logging.getLogger(name).setLevel(max(least, logging.WARNING))


class AsJson(logging.Formatter):
    """One object: when, how grave, who, what, for which request, and the facts given as `extra`."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            **facts_of(record),
        }
        if record.exc_info:
            line["trace"] = trace_of(record)
        return orjson.dumps(line, default=repr).decode()


class ForPeople(logging.Formatter):
    """The same, to be read in a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        facts = " ".join(f"{name}={value}" for name, value in facts_of(record).items())
        time = dt.datetime.fromtimestamp(record.created, dt.UTC).astimezone().strftime("%H:%M:%S")
        line = f"{time} {record.levelname.lower():<7} {record.getMessage()}  {facts}".rstrip()
        return f"{line}\n{trace_of(record)}" if record.exc_info else line


def facts_of(record: logging.LogRecord) -> dict[str, Any]:
    """What was given as `extra`, and the request it belongs to."""
    facts = {name: value for name, value in vars(record).items() if name not in _OWN}
    request = REQUEST.get()
    return {**facts, "request": request} if request else facts


def trace_of(record: logging.LogRecord) -> str:
    """The trace of a bug, without the values of variables: those could be anybody's secrets."""
    return "".join(traceback.format_exception(*record.exc_info)).rstrip() if record.exc_info else ""
