"""The key that signs order links is made once, kept from other eyes, and shared by every worker."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from keys import signing_keys
from settings import Settings


def test_workers_that_start_at_once_get_the_same_key(tmp_path: Path) -> None:
    given = Settings(data=tmp_path / "var")

    with ThreadPoolExecutor(16) as workers:
        keys = set(workers.map(lambda _: signing_keys(given), range(64)))

    assert len(keys) == 1
    assert len(keys.pop()[0]) >= 48
    assert [file.name for file in given.data.iterdir()] == ["signing.key"]


def test_the_key_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    signing_keys(Settings(data=tmp_path))

    assert stat.S_IMODE((tmp_path / "signing.key").stat().st_mode) == 0o600


def test_keys_of_the_settings_come_first_and_no_file_is_made(tmp_path: Path) -> None:
    newest, oldest = "n" * 32, "o" * 32

    assert signing_keys(Settings(data=tmp_path, signing_keys=(newest, oldest))) == (newest, oldest)
    assert list(tmp_path.iterdir()) == []
