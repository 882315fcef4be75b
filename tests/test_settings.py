"""The settings are documented where people look for them."""

from pathlib import Path

import pytest

from commands.configuration import table
from settings import SettingsError, settings

README = Path(__file__).resolve().parent.parent / "README.md"


def test_the_readme_lists_every_setting() -> None:
    """Write it again between the two marks with: ./shopwright settings"""
    listed = README.read_text().partition("<!-- settings -->\n")[2].partition("<!-- /settings -->")[0]

    assert listed.strip() == table().strip()


@pytest.mark.parametrize(
    ("name", "value"), [("SECRET_KEY", "pk_live_secret"), ("SECRET_KEY", "secret"), ("PUBLISHABLE_KEY", "sk_secret")]
)
def test_a_key_in_the_wrong_place_is_refused_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"SHOPWRIGHT_STRIPE_{name}", value)

    with pytest.raises(SettingsError, match="it must begin with") as refused:
        settings.__wrapped__()
    assert "secret" not in str(refused.value)


def test_stripe_without_its_package_says_what_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("settings.find_spec", lambda name: None)
    monkeypatch.setenv("SHOPWRIGHT_STRIPE_SECRET_KEY", "sk_test_secret")

    with pytest.raises(SettingsError, match=r"run ./install.sh --stripe"):
        settings.__wrapped__()
