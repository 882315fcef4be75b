"""`drill`: the promises of a correct shop, tried at full size on real servers and a real PostgreSQL."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from commands import Refusal


def drill(
    names: Annotated[list[str] | None, typer.Argument(help="Which ones; all of them if none is named.")] = None,
    rounds: Annotated[int | None, typer.Option(help="Rounds of each, in place of its own number.", min=1)] = None,
    database: Annotated[
        str, typer.Option(metavar="URL", help="A PostgreSQL to make databases in; without it one is started.")
    ] = "",
    fresh: Annotated[bool, typer.Option("--fresh", help="Start over where a drill was stopped half-way.")] = False,
) -> None:
    """Try the promises of a correct shop at full size; exits 1 when one is broken. A stopped drill goes on later."""
    from rich.console import Console

    from drills.ground.playing import play
    from drills.ground.rounds import drill_named
    from settings import settings

    drills = [drill_named(name) for name in _wanted(names or [])]
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's `&` leaves it ignored
    signal.signal(signal.SIGTERM, _like_ctrl_c)
    with _server(database) as server:
        kept = [
            play(each, server, settings().data / "drills", rounds=rounds or each.rounds, fresh=fresh, console=Console())
            for each in drills
        ]
    if not all(kept):
        raise typer.Exit(1)


def help_text() -> str:
    """The command's help, with what each drill tries."""
    from drills.ground.rounds import about, names

    return "\n\n".join([str(drill.__doc__), *(f"{name}: {about(name)}" for name in names())])


def _wanted(names: list[str]) -> list[str]:
    from drills.ground.rounds import names as known

    if unknown := [name for name in names if name not in known()]:
        raise Refusal(f"There is no drill {unknown[0]!r}. There are: {', '.join(known())}.")
    return names or known()


def _like_ctrl_c(*_: object) -> None:
    """Being told to stop ends everything that was started."""
    os.kill(os.getpid(), signal.SIGINT)


@contextmanager
def _server(given: str) -> Iterator[str]:
    if given:
        if not given.startswith(("postgres://", "postgresql://")):
            raise Refusal("Drills run on PostgreSQL: --database postgres://user:password@host:5432/name.")
        yield given
        return
    from drills.ground.postgres import start_postgres

    own = start_postgres()
    try:
        yield own.url
    finally:
        own.stop()
