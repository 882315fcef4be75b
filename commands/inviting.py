"""`invite`: an account for a customer, who chooses the password."""

import datetime as dt
from typing import Annotated

import typer

from commands.tokens import acting


def invite(email: Annotated[str, typer.Argument(help="The customer's email.")]) -> None:
    """Make an account for a customer, and have a letter sent with which they choose a password."""

    async def act(now: dt.datetime) -> int:
        from commerce.recovering import invite

        return await invite({"email": email}, now=now)

    typer.echo(f"gid://shopwright/Customer/{acting(act)} is invited; the letter goes out with the worker's next round.")
