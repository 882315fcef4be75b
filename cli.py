"""Every command of the shop; `./shopwright` runs this file with the shop's own Python."""

import sys

import typer

from commands import (
    Refusal,
    audit,
    benchmark,
    configuration,
    database,
    drilling,
    goods,
    inviting,
    linting,
    locking,
    plans,
    schema,
    serving,
    staff,
    testing,
    tokens,
    working,
)

app = typer.Typer(
    name="shopwright",
    help="A self-hosted, headless commerce backend: a GraphQL API over products, carts and orders.",
    epilog="Start with: ./shopwright serve",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
PASSED_ON = {"allow_extra_args": True, "ignore_unknown_options": True}

app.command()(serving.serve)
app.command()(working.worker)
app.command()(database.migrate)
app.command()(audit.audit)
app.command()(goods.demo)
app.command("import")(goods.take_in)
app.command("export")(goods.write_out)
app.command()(schema.schema)
app.command()(configuration.settings)
app.command()(inviting.invite)
app.add_typer(tokens.tokens)
app.add_typer(staff.users)
app.command(rich_help_panel="For contributors", context_settings=PASSED_ON)(testing.test)
app.command(rich_help_panel="For contributors")(linting.lint)
app.command(rich_help_panel="For contributors")(benchmark.bench)
app.command(rich_help_panel="For contributors", help=drilling.help_text())(drilling.drill)
app.command(rich_help_panel="For contributors")(plans.plan)
app.command(rich_help_panel="For contributors")(database.makemigrations)
app.command(rich_help_panel="For contributors")(locking.lock)


def main() -> None:
    """Run one command; what the person at the keyboard can mend is told in one line."""
    try:
        app(prog_name="./shopwright")
    except Exception as error:
        if not tells_in_one_line(error):
            raise
        print(f"shopwright: {error}", file=sys.stderr)  # noqa: T201 - the one place that speaks for every command
        sys.exit(1)


def tells_in_one_line(error: Exception) -> bool:
    """Whether an error's message was written for the person who typed the command."""
    from database.errors import BadAddress, MigrationFailed, Unreachable
    from settings import SettingsError

    return isinstance(error, Refusal | SettingsError | BadAddress | MigrationFailed | Unreachable)


if __name__ == "__main__":
    main()
