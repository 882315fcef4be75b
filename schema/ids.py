"""Global ids: `gid://shopwright/<Type>/<key>`, opaque to clients. Any authority is accepted on the way in."""

import re
from collections.abc import Callable
from typing import Any

import strawberry

from resolvers.mistakes import InvalidId
from schema.binding import Argument, resolved_by

SHAPE = re.compile(r"gid://[^/\s]+/(?P<type>[A-Za-z]+)/(?P<key>[^/?\s\x00]{1,128})(?:\?[^\s\x00]{0,512})?", re.ASCII)
LARGEST = 2**31 - 1


@strawberry.interface(description="Anything that can be fetched again by its global id.")
class Node:
    """Anything with a global id."""

    id: strawberry.ID = strawberry.field(description="The global id: opaque, stable, unique over all types.")


def gid(type_name: str, key: object) -> str:
    """The global id of a thing."""
    return f"gid://shopwright/{type_name}/{key}"


def typed_key(text: str) -> tuple[str, str]:
    """The type and key in a global id; raises InvalidId for anything else."""
    if match := SHAPE.fullmatch(text):
        return match["type"], match["key"]
    raise InvalidId("This is no global id; one looks like gid://shopwright/Product/1.")


def text_key(*type_names: str) -> Callable[[str], str]:
    """A decoder of ids of one of these types to their keys."""

    def decode(text: str) -> str:
        type_name, key = typed_key(text)
        if type_name not in type_names:
            raise InvalidId(f"This is the id of a {type_name}; the id of a {' or '.join(type_names)} is wanted here.")
        return key

    return decode


def number_key(*type_names: str) -> Callable[[str], int]:
    """A decoder of ids of one of these types to their integer keys."""

    def decode(text: str) -> int:
        key = text_key(*type_names)(text)
        if key.isascii() and key.isdigit() and int(key[:12]) <= LARGEST:
            return int(key[:12])
        raise InvalidId(f"The key of a {type_names[0]} is a whole number, as in gid://shopwright/{type_names[0]}/1.")

    return decode


def id_argument(decode: Callable[[str], Any], description: str, *, optional: bool = False) -> Argument:
    """An argument that takes a global id and hands its key to the resolver."""
    if optional:
        return Argument(strawberry.ID | None, description, decode, default=None)
    return Argument(strawberry.ID, description, decode)


def ids_argument(decode: Callable[[str], Any], description: str, *, optional: bool = False) -> Argument:
    """An argument that takes a list of global ids and hands their keys to the resolver."""
    if optional:
        return Argument(
            list[strawberry.ID] | None, description, lambda texts: [decode(text) for text in texts], default=None
        )
    return Argument(list[strawberry.ID], description, lambda texts: [decode(text) for text in texts])


def id_of(type_name: str, description: str = "The global id.") -> Any:
    """The `id` field of a type, made from its row's key."""
    prefix = f"gid://shopwright/{type_name}/"

    def global_id(context: Any, row: Any) -> str:
        return f"{prefix}{row.id}"

    return resolved_by(global_id, description)
