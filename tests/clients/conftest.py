"""Programs for Node are installed once; where there is no Node, their tests are left out and said to be."""

import shutil

import pytest

from tests.clients import node


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if shutil.which("npm") is None:
        elsewhere = [item for item in items if "node_modules" in getattr(item, "fixturenames", ())]
        items[:] = [item for item in items if item not in elsewhere]
        config.hook.pytest_deselected(items=elsewhere)


@pytest.fixture(scope="session")
def node_modules() -> None:
    """What the programs need, from npm."""
    node.install()
