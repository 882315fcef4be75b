"""`import`, `export` and `demo` as a shopkeeper types them."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import ROOT, clean_environment

pytestmark = pytest.mark.once

FILE = ROOT / "tests" / "csv" / "shopfront.csv"


@pytest.fixture
def typed(another_database: str, tmp_path: Path) -> "Typed":
    return Typed(another_database, tmp_path)


class Typed:
    """A terminal, with one database."""

    def __init__(self, database: str, folder: Path) -> None:
        self._environment = clean_environment(folder, SHOPWRIGHT_DATABASE_URL=database)

    def __call__(self, *words: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "cli.py", *map(str, words)]
        return subprocess.run(command, cwd=ROOT, env=self._environment, capture_output=True, text=True, check=False)


def test_goods_go_in_once_and_come_out_the_same(typed: Typed, tmp_path: Path) -> None:
    first = typed("import", FILE)
    assert first.returncode == 0
    assert first.stdout.splitlines() == [
        f"{FILE}: 4 created, 0 changed, 0 unchanged.",
        "  Columns not known and left out: Google Shopping / MPN.",
    ]

    assert typed("import", FILE, "--set-stock").stdout.startswith(f"{FILE}: 0 created, 0 changed, 4 unchanged.")

    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    assert typed("export", one).stdout == f"{one}: 4 products.\n"
    assert typed("import", one).stdout == f"{one}: 0 created, 0 changed, 4 unchanged.\n"
    assert typed("export", other).returncode == 0
    assert one.read_bytes() == other.read_bytes()


def test_a_mistake_is_told_and_the_other_files_are_kept(typed: Typed, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("Handle,Title,Variant Price\ntea,Tea,free\n")

    answer = typed("import", bad, FILE)

    assert answer.returncode == 1
    assert answer.stderr.splitlines() == [
        f"{bad}, line 2, column Variant Price: 'free' should be a plain amount such as 19.90: digits, and a point for"
        " decimals.",
        "shopwright: 1 of 2 files had mistakes, and nothing of them was kept.",
    ]
    assert "4 created" in answer.stdout


def test_a_file_that_is_not_there_is_told_in_one_line(typed: Typed, tmp_path: Path) -> None:
    answer = typed("import", tmp_path / "nowhere.csv")

    assert answer.returncode == 1
    assert answer.stderr == f"shopwright: {tmp_path / 'nowhere.csv'} cannot be read: No such file or directory.\n"


def test_the_demo_shop_is_loaded_once(typed: Typed) -> None:
    assert typed("demo").stdout.endswith("The demo shop is loaded.\n")

    again = typed("demo")

    assert again.returncode == 1
    assert "holds a shop already" in again.stderr
