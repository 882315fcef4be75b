"""The row of a picture that staff have brought in."""

import datetime as dt
from typing import Annotated, NamedTuple

from loaders.reading import Column


class File(NamedTuple):
    """A picture on the list of files."""

    id: int
    url: Annotated[str, Column("path")]
    filename: str
    alt_text: str | None
    media_type: str
    width: int | None
    height: int | None
    size: int
    created_at: dt.datetime
    updated_at: dt.datetime
