"""Running the client programs beside this file, with what they need from npm."""

import asyncio
import json
from pathlib import Path
from typing import Any

from drills.ground import npm

HERE = Path(__file__).parent


def install() -> None:
    """Install what the lock names, unless it is already there; raises if npm cannot."""
    npm.install(HERE)


async def run(program: str, *arguments: str, seconds: float = 60) -> Any:
    """What the program prints, read as JSON; raises with what it complained of if it fails."""
    process = await asyncio.create_subprocess_exec(
        "node", program, *arguments, cwd=HERE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    try:
        async with asyncio.timeout(seconds):
            printed, complained = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise RuntimeError(f"{program} failed:\n{complained.decode()}\n{printed.decode()}")
    return json.loads(printed)
