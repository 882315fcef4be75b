"""The keys that sign what the shop hands out: from the settings, or made once and kept beside the database."""

import secrets
from pathlib import Path

from settings import Settings

NAME = "signing.key"


def signing_keys(settings: Settings) -> tuple[str, ...]:
    """The newest key first. Every worker of a shop gets the same, however many make the first one at once."""
    return settings.signing_keys or (_kept_in(settings.data),)


def _kept_in(folder: Path) -> str:
    """The key in a folder; made on the first call, whole before it has its name, and readable by the owner only."""
    file = folder / NAME
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f"{NAME}.{secrets.token_hex(8)}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48))
        _name_unless_taken(draft, file)
    return file.read_text().strip()


def _name_unless_taken(draft: Path, file: Path) -> None:
    try:
        file.hardlink_to(draft)
    except FileExistsError:
        pass  # another worker was first, and its key is the one
    finally:
        draft.unlink()
