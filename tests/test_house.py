"""The house rules that a machine can check; docs/ARCHITECTURE.md says why each exists."""

import ast
import importlib.metadata
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LINES_OF_A_FILE, LINES_OF_A_FUNCTION = 300, 40
SHAPELESS = {"utils", "util", "helpers", "helper", "manager", "managers", "base", "common", "misc"}
SPELLINGS = ("cancelled", "fulfilment", "catalogue")  # we write canceled, fulfillment, catalog
UNFINISHED = re.compile(r"#.*\b(TODO|FIXME|HACK)\b|pytest\.(mark\.)?(skip|xfail)|importorskip")
BARE_NOQA = re.compile(r"#\s*noqa(?!:\s*[A-Z0-9, ]+ - \S)|#\s*type:\s*ignore(?!\[)")
NAPS = re.compile(r"\bsleep\((?!0\))")
ELSEWHERE = re.compile(r"(?<![\w.])/(?:work|root|home)/|/tmp/(?:venv|trees)")


def tracked(*patterns: str) -> list[Path]:
    """The files of the repository, without what is generated or belongs to others."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).exists()]


def told(path: Path, line: int | None = None) -> str:
    name = str(path.relative_to(ROOT))
    return name if line is None else f"{name}:{line}"


SOURCES = [path for path in tracked("*.py") if "migrations" not in path.relative_to(ROOT).parts[:1]]
TREES = {path: ast.parse(path.read_text()) for path in SOURCES}


def lines_matching(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    return [
        f"{told(path, number)}: {line.strip()}"
        for path in paths
        if path != Path(__file__)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if pattern.search(line)
    ]


def named_in(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every name the code gives to something."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno


def test_no_file_is_longer_than_a_reader_s_patience() -> None:
    paths = [*SOURCES, *tracked("*.sh", "shopwright", "*.js", "*.jsx", "*.css")]
    lengths = {told(path): len(path.read_text().splitlines()) for path in paths}
    assert {name: length for name, length in lengths.items() if length > LINES_OF_A_FILE} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{told(path, node.lineno)} {node.name}: {node.end_lineno - node.lineno + 1}"
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno >= LINES_OF_A_FUNCTION
    ]
    assert long == []


def test_every_file_begins_by_saying_what_it_is_for() -> None:
    assert [told(path) for path, tree in TREES.items() if ast.get_docstring(tree) is None] == []


def test_no_file_has_a_shapeless_name() -> None:
    assert [told(path) for path in SOURCES if {path.stem, *path.parts} & SHAPELESS] == []


def test_our_top_level_names_meet_no_library() -> None:
    ours = {path.relative_to(ROOT).parts[0].removesuffix(".py") for path in SOURCES} - {"tests"}
    installed = set(importlib.metadata.packages_distributions()) | set(sys.stdlib_module_names)
    assert ours & installed == set()


def test_words_have_one_spelling() -> None:
    given = [(path, name, line) for path, tree in TREES.items() for name, line in named_in(tree)]
    wrong = [f"{told(path, line)}: {name}" for path, name, line in given if any(s in name.lower() for s in SPELLINGS)]
    assert wrong == []


@pytest.mark.parametrize(
    ("rule", "pattern", "paths"),
    [
        ("nothing is left unfinished or skipped", UNFINISHED, SOURCES),
        ("every ignored lint has its reason beside it", BARE_NOQA, SOURCES),
        ("no test sleeps", NAPS, [path for path in SOURCES if path.name.startswith("test_")]),
        (
            "nothing knows a machine's own folders",
            ELSEWHERE,
            tracked("*.py", "*.md", "*.toml", "*.sh", "*.yaml", "*.js"),
        ),
    ],
)
def test_a_rule_of_words(rule: str, pattern: re.Pattern[str], paths: list[Path]) -> None:
    assert lines_matching(pattern, paths) == [], rule
