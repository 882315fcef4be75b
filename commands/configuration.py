"""`settings`: every setting with its meaning, as the README shows them."""

import dataclasses

import typer


def settings() -> None:
    """Print every setting: its environment variable, its default and its meaning."""
    typer.echo(table(), nl=False)


def table() -> str:
    """The settings as a table in Markdown."""
    from settings import ROOT, Settings, variable

    rows = ["| variable | default | meaning |", "|---|---|---|"]
    for field in dataclasses.fields(Settings):
        default = _shown(field.default).replace(str(ROOT), ".")
        meaning = field.metadata["description"]
        rows.append(f"| `{variable(field.name)}` | {f'`{default}`' if default else ''} | {meaning} |")
    return "\n".join(rows) + "\n"


def _shown(default: object) -> str:
    if isinstance(default, bool):
        return "yes" if default else "no"
    return "" if default in ((), None) else str(default)
