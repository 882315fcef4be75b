"""`./shopwright token`: a key to the staff API is made, listed and ended from the command line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).parent.parent


@pytest.fixture
def shopwright(another_database: str) -> "Command":
    return Command(another_database)


class Command:
    """The command line, acting on one database."""

    def __init__(self, url: str) -> None:
        self._environment = {**os.environ, "SHOPWRIGHT_DATABASE_URL": url}

    def __call__(self, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "cli.py", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self._environment, input=typed, capture_output=True, text=True, check=False
        )


def test_a_token_is_shown_once_listed_without_its_secret_and_revoked(shopwright: Command) -> None:
    made = shopwright("token", "create", "--name", "bot", "--scope", "read_orders", "--scope", "write_orders")
    secret = made.stdout.strip().splitlines()[-1]
    assert secret.startswith("swt_")

    listed = shopwright("token", "list").stdout
    assert "bot" in listed
    assert "read_orders write_orders" in listed
    assert secret not in listed

    assert shopwright("token", "revoke", "1").returncode == 0
    assert "revoked" in shopwright("token", "list").stdout
    again = shopwright("token", "revoke", "1")
    assert again.returncode == 1
    assert "no token 1" in again.stderr


def test_an_unknown_scope_is_explained_in_one_line(shopwright: Command) -> None:
    refused = shopwright("token", "create", "--name", "bot", "--scope", "everything")

    assert refused.returncode == 1
    assert "everything is no scope; the scopes are read_products" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_the_first_owner_is_made_from_the_command_line_and_their_password_is_piped_in(shopwright: Command) -> None:
    short = shopwright("user", "create", "eva@example.com", "--name", "Eva", "--owner", typed="short\n")
    assert short.returncode == 1
    assert "between 10 and 255 characters" in short.stderr
    made = shopwright("user", "create", "eva@example.com", "--name", "Eva", "--owner", typed="correct horse\n")
    assert made.stdout.strip() == "gid://shopwright/StaffUser/1 is on the staff."

    assert "correct horse" not in made.stdout + made.stderr
