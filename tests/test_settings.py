"""The settings are documented where people look for them."""

from pathlib import Path

from commands.configuration import table

README = Path(__file__).resolve().parent.parent / "README.md"


def test_the_readme_lists_every_setting() -> None:
    """Write it again between the two marks with: ./shopwright settings"""
    listed = README.read_text().partition("<!-- settings -->\n")[2].partition("<!-- /settings -->")[0]

    assert listed.strip() == table().strip()
