"""Somebody at a browser, who notices every request it makes and every error it reports."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.async_api import Browser, Locator, Page


@dataclass
class Visitor:
    """A person with one page open."""

    page: Page
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @classmethod
    @asynccontextmanager
    async def arriving(cls, browser: Browser, *, width: int, height: int) -> AsyncIterator["Visitor"]:
        context = await browser.new_context(viewport={"width": width, "height": height}, locale="en-US")
        context.set_default_timeout(20_000)
        visitor = cls(await context.new_page())
        visitor.page.on("request", lambda request: visitor.asked.append(request.url))
        visitor.page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
        visitor.page.on("console", visitor._hear)
        yield visitor
        await context.close()

    def _hear(self, message: object) -> None:
        if getattr(message, "type", "") == "error":
            self.complaints.append(getattr(message, "text", ""))

    async def opens(self, address: str) -> None:
        await self.page.goto(address)

    def sees(self, text: str) -> Locator:
        return self.page.get_by_text(text)

    def hosts(self) -> set[str]:
        """Every host the browser asked for anything."""
        return {urlsplit(url).netloc for url in self.asked if not url.startswith(("data:", "blob:"))}

    async def keeps_a_picture(self, name: str) -> None:
        """A screenshot, where the developer asked for some: PAGE_PICTURES names the folder."""
        if folder := os.environ.get("PAGE_PICTURES"):
            await self.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
