"""Running the client programs beside this file, with what they need from npm."""

import asyncio
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
INSTALLED = HERE / "node_modules" / ".installed-from.json"
LOCK = HERE / "package-lock.json"


def install() -> None:
    """Install what the lock names, unless it is already there; raises if npm cannot."""
    if INSTALLED.exists() and INSTALLED.read_bytes() == LOCK.read_bytes():
        return
    command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"npm ci failed:\n{done.stdout}\n{done.stderr}")
    shutil.copyfile(LOCK, INSTALLED)


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
