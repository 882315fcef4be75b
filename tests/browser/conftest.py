"""A browser and a server for tests of pages. Without Chromium they are left out, and the run says so."""

import shutil
import socket
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, async_playwright, expect
from tortoise.backends.base.client import BaseDBAsyncClient

from tests.browser.serving import a_served_shop
from tests.browser.visitor import Visitor

CHROMIUM = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
QUIET = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
QUIET += ["--disable-component-update", "--disable-sync"]

expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong

collect_ignore_glob = [] if CHROMIUM else ["test_*.py"]
collect_ignore = [] if shutil.which("npm") else ["test_explorer_page.py", "test_accessibility.py"]


def pytest_report_header() -> str | None:
    return None if CHROMIUM else "no Chromium on this machine: the tests of pages in tests/browser are left out"


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET, chromium_sandbox=False)
        yield chromium
        await chromium.close()


@pytest.fixture
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


@pytest.fixture
async def shop_address(committed: BaseDBAsyncClient, database_url: str, free_port: int) -> AsyncIterator[str]:
    """A served shop: the pages and the storefront API over the test's database."""
    async with a_served_shop(free_port, database_url) as address:
        yield address


@pytest.fixture
async def visitor(browser: Browser) -> AsyncIterator[Visitor]:
    """Somebody with a laptop."""
    async with Visitor.arriving(browser, width=1280, height=800) as visitor:
        yield visitor


@pytest.fixture
async def phone(browser: Browser) -> AsyncIterator[Visitor]:
    """Somebody with a phone."""
    async with Visitor.arriving(browser, width=390, height=844) as visitor:
        yield visitor
