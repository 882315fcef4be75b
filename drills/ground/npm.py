"""What comes from npm: installed as a lock names it, once, beside the lock."""

import shutil
import subprocess
from pathlib import Path

COMMAND = ("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
LAST_WORDS = 1_500


class NpmFailed(RuntimeError):
    """npm is not here, or could not install."""


def is_installed(folder: Path) -> bool:
    """Whether a folder has what its lock names."""
    lock, mark = _lock_and_mark(folder)
    return mark.exists() and mark.read_bytes() == lock.read_bytes()


def install(folder: Path) -> None:
    """Install what a folder's lock names, unless it is already there. Scripts of packages are not run."""
    if is_installed(folder):
        return
    if shutil.which("npm") is None:
        raise NpmFailed("npm is not installed; it comes with Node.")
    done = subprocess.run(COMMAND, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NpmFailed(f"npm could not install {folder.name}:\n{(done.stderr or done.stdout).strip()[-LAST_WORDS:]}")
    shutil.copyfile(*_lock_and_mark(folder))


def _lock_and_mark(folder: Path) -> tuple[Path, Path]:
    return folder / "package-lock.json", folder / "node_modules" / ".installed-from.json"
