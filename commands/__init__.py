"""The shop's commands, one file each; `cli.py` puts them together. Each loads what it needs only when it runs."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Refusal(Exception):
    """A command cannot do what was asked; the message is the one line to show."""
