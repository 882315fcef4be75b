"""The row of a metafield."""

import datetime as dt
from typing import NamedTuple


class Metafield(NamedTuple):
    """A typed value attached to something."""

    id: int
    owner_type: str
    owner_id: str
    namespace: str
    key: str
    type: str
    value: str
    description: str | None
    created_at: dt.datetime
    updated_at: dt.datetime
