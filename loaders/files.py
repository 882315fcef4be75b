"""Pictures that staff have brought in, in batches."""

from typing import Any

from tortoise.queryset import QuerySet

from loaders.reading import ByKey
from loaders.rows import files as rows
from models.media import File


class FileById(ByKey[int, rows.File]):
    """Files by id."""

    row = rows.File

    def query(self) -> QuerySet[Any]:
        """Every file."""
        return File.all()
