"""`token`: keys to the staff API."""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Annotated, Any, TypeVar

import typer

from commands import Refusal

T = TypeVar("T")

tokens = typer.Typer(name="token", help="Keys to the staff API, for tools.", no_args_is_help=True)


@tokens.command()
def create(
    name: Annotated[str, typer.Option(help="What the token is for.")],
    scope: Annotated[list[str], typer.Option(help="What it allows, like read_orders; may be repeated.")],
    days: Annotated[int, typer.Option(help="How long it is good for; 0 for ever.", min=0)] = 365,
) -> None:
    """Make a token and show it, this once."""

    async def act(now: dt.datetime) -> str:
        from commerce.staff import create_token

        expires_at = now + dt.timedelta(days=days) if days else None
        return (await create_token(name, scopes=scope, now=now, expires_at=expires_at)).secret

    secret = acting(act)
    typer.echo("Keep it well, it is not shown again:", err=True)
    typer.echo(secret)


@tokens.command(name="list")
def list_tokens() -> None:
    """List every token: its scopes, when it ends, when it was last used."""

    async def act(now: dt.datetime) -> list[str]:
        from models.staff import AccessToken

        return [_line(token, now) for token in await AccessToken.filter(user_id=None).order_by("id")]

    for line in acting(act) or ["There are no tokens."]:
        typer.echo(line)


@tokens.command()
def revoke(token_id: Annotated[int, typer.Argument(help="Its number, as `token list` shows it.")]) -> None:
    """End a token at once."""

    async def act(now: dt.datetime) -> None:
        from commerce.staff import revoke_token

        await revoke_token(token_id, now=now)

    acting(act)
    typer.echo(f"Token {token_id} opens nothing any more.")


def acting(act: Callable[[dt.datetime], Awaitable[T]]) -> T:
    """Do something in the shop's database from the command line; what the shop refuses is told in one line."""

    async def run() -> T:
        from commerce.refusals import Refusal as Refused
        from database.connection import connected
        from database.migrating import migrate
        from settings import settings

        url = settings().database
        await migrate(url, report=partial(typer.echo, err=True))
        async with connected(url):
            try:
                return await act(dt.datetime.now(dt.UTC))
            except Refused as refused:
                raise Refusal(refused.message) from None

    return asyncio.run(run())


def _line(token: Any, now: dt.datetime) -> str:
    used = _day(token.last_used_at) if token.last_used_at else "never"
    parts = [f"{token.id:>4}", f"{token.hint}…", token.name, " ".join(token.scopes), _state(token, now), f"used {used}"]
    return "  ".join(parts)


def _state(token: Any, now: dt.datetime) -> str:
    if token.revoked_at:
        return f"revoked {_day(token.revoked_at)}"
    if token.expires_at is None:
        return "no end"
    return f"{'expired' if token.expires_at <= now else 'until'} {_day(token.expires_at)}"


def _day(moment: dt.datetime) -> str:
    return moment.date().isoformat()
