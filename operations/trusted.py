"""Reading the list of documents that a storefront has been built with, when nothing else may run."""

import json
from pathlib import Path
from typing import Any


def documents_in(path: str) -> dict[str, str]:
    """The documents of a manifest by their ids: `{id: text}`, or `{"operations": [{"id", "body"}]}` as client tools
    write it. `ValueError` says what is wrong with it."""
    try:
        manifest: Any = json.loads(Path(path).read_text("utf-8"))
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror}") from None
    except ValueError:
        raise ValueError(f"{path} is not JSON in UTF-8") from None
    documents = _listed(manifest) if isinstance(manifest, dict) and "operations" in manifest else manifest
    if not isinstance(documents, dict) or not all(isinstance(text, str) for text in documents.values()):
        raise ValueError(f"{path} must be an object of ids and documents, or a manifest with operations")
    return documents


def _listed(manifest: dict[str, Any]) -> Any:
    try:
        return {operation["id"]: operation["body"] for operation in manifest["operations"]}
    except (TypeError, KeyError):
        return None
