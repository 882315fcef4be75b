"""What is wrong with a start is said in one line, before anything has happened."""

import socket
from pathlib import Path

import pytest

from tests.running import refused, running_shop

pytestmark = pytest.mark.once


def test_a_taken_port_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        line = refused("serve", "--port", str(port), folder=tmp_path)

    assert line == f"shopwright: Cannot listen on 127.0.0.1:{port}: Address already in use. Choose another with --port."
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("postgres://nobody:secret@127.0.0.1:1/shop", "The database postgres://127.0.0.1:1/shop cannot be opened"),
        ("sqlite:///proc/none/shop.db", "The database sqlite:///proc/none/shop.db cannot be opened"),
        ("mysql://secret@localhost/shop", "The database address mysql:… is not understood; it looks like sqlite:///"),
        ("postgres://localhost/shop?sslmod=on", "The database address has an unknown option 'sslmod'"),
    ],
)
def test_a_database_that_cannot_be_reached_is_said_in_one_line(url: str, says: str, tmp_path: Path) -> None:
    line = refused("serve", "--port", "0", "--database", url, folder=tmp_path)

    assert line.startswith(f"shopwright: {says}")
    assert "secret" not in line


@pytest.mark.parametrize(
    ("setting", "value", "says"),
    [
        ("SHOPWRIGHT_DATABASEURL", "x", "SHOPWRIGHT_DATABASEURL is not a setting of the shop; did you mean"),
        ("SHOPWRIGHT_MOOD_OF_THE_DAY", "x", "SHOPWRIGHT_MOOD_OF_THE_DAY is not a setting of the shop."),
        (
            "SHOPWRIGHT_LOG_LEVEL",
            "loud",
            "SHOPWRIGHT_LOG_LEVEL is not valid: it must be debug, info, warning",
        ),
        ("SHOPWRIGHT_DEMO", "maybe", "SHOPWRIGHT_DEMO is not valid: it must be yes or no."),
        (
            "SHOPWRIGHT_DATABASE_POOL_MAX",
            "0",
            "SHOPWRIGHT_DATABASE_POOL_MAX is not valid: it must be a whole number",
        ),
        ("SHOPWRIGHT_TRUSTED_DOCUMENTS", "/nowhere.json", "SHOPWRIGHT_TRUSTED_DOCUMENTS is not valid: /nowhere.json"),
        ("SHOPWRIGHT_SIGNING_KEYS", "secret", "SHOPWRIGHT_SIGNING_KEYS is not valid: each key must have 32 characters"),
    ],
)
def test_a_setting_that_is_none_or_not_valid_is_said_in_one_line(
    setting: str, value: str, says: str, tmp_path: Path
) -> None:
    line = refused("serve", "--port", "0", folder=tmp_path, **{setting: value})

    assert line.startswith(f"shopwright: {says}")
    assert "secret" not in line


def test_several_workers_on_one_file_are_refused(tmp_path: Path) -> None:
    line = refused("serve", "--port", "0", "--workers", "2", folder=tmp_path)

    assert line == "shopwright: 2 workers cannot share a SQLite file: use --database postgres://… or --workers 1."


def test_a_second_server_on_one_file_is_refused(shop_database: str, tmp_path: Path) -> None:
    with running_shop(shop_database, tmp_path, "--no-demo") as shop:
        line = refused("serve", "--port", "0", "--database", shop_database, folder=tmp_path)

        assert "Another process serves" in line
        assert shop.get("/health/ready").status_code == 200
