"""`settings`: every setting with its meaning, as the README shows them."""

import typer


def settings() -> None:
    """Print every setting: its environment variable, its default and its meaning."""
    typer.echo(table(), nl=False)


def table() -> str:
    """The settings as a table in Markdown."""
    from settings import ROOT, Settings, variable

    rows = ["| variable | default | meaning |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = str(field.default).replace(str(ROOT), ".") if field.default not in ("", ()) else ""
        rows.append(f"| `{variable(name)}` | {f'`{default}`' if default else ''} | {field.description} |")
    return "\n".join(rows) + "\n"
