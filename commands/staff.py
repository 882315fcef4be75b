"""`user`: the people who run the shop."""

import datetime as dt
import sys
from typing import Annotated

import typer

from commands import Refusal
from commands.tokens import acting

users = typer.Typer(name="user", help="The people who run the shop.", no_args_is_help=True)
EMAIL = typer.Argument(help="Their email.")


@users.command()
def create(
    email: Annotated[str, EMAIL],
    name: Annotated[str, typer.Option(help="What they are called.")],
    owner: Annotated[bool, typer.Option("--owner", help="They may do everything.")] = False,
    scope: Annotated[list[str] | None, typer.Option(help="What they may, like write_orders; may be repeated.")] = None,
    letter: Annotated[bool, typer.Option("--letter", help="They choose a password by a letter.")] = False,
) -> None:
    """Take somebody onto the staff, with a password that is typed, or is the first line of what is piped in."""
    password = None if letter else _password()

    async def act(now: dt.datetime) -> int:
        from commerce.staff import SHELL
        from commerce.staff_users import Person, create_user, hashed

        person = Person(email=email, name=name, owner=owner, scopes=scope or [])
        kept = None if password is None else await hashed(password)
        return await create_user(person, password_hash=kept, giver=SHELL, now=now)

    typer.echo(f"gid://shopwright/StaffUser/{acting(act)} is on the staff.")
    if letter:
        typer.echo("The letter goes out with the worker's next round.")


@users.command(name="list")
def list_users() -> None:
    """List everybody on the staff, and what they may."""

    async def act(_now: dt.datetime) -> list[str]:
        from models.staff import StaffUser

        return [
            "  ".join([f"{user.id:>4}", user.email, user.name, user.role, " ".join(user.scopes), _state(user.active)])
            for user in await StaffUser.all().order_by("id")
        ]

    for line in acting(act) or ["There is nobody on the staff."]:
        typer.echo(line)


def _state(active: bool) -> str:
    return "active" if active else "gone"


def _password() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    password = sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise Refusal("Type a password, pipe one in, or let a --letter be sent.")
    return password
