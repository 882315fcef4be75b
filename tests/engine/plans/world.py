"""The rows of the toy schema, made up by a seed: right, null, wrong or failing."""

import asyncio
import enum
import random
from dataclasses import dataclass, field
from typing import Any

import strawberry

GOOD_ODDS = 60


class Broken(Exception):
    """A failure with a code, as clients are told it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.extensions = {"code": "BROKEN", "about": message}


@dataclass
class World:
    """What a run reads: rows that are the same for the same seed, however they are asked for."""

    seed: int
    odds: int = GOOD_ODDS
    log: list[str] = field(default_factory=list)
    generation: int = 0

    def renew(self) -> None:
        """What a mutation does to its context."""
        self.generation += 1

    def dice(self, *about: object) -> random.Random:
        """Chance that comes out the same for the same thing."""
        return random.Random(repr((self.seed, *about)))

    def value(self, key: str, name: str, right: Any) -> Any:
        """A field's value: mostly right; else null, of a wrong kind, an exception or raising one."""
        dice = self.dice(key, name)
        if dice.randrange(self.odds):
            return right
        match dice.randrange(6):
            case 0 | 1:
                return None
            case 2:
                return object
            case 3:
                return ValueError(f"{name} of {key} is an exception")
            case 4:
                raise Broken(f"{name} of {key} is broken")
            case _:
                raise ValueError(f"{name} of {key} failed")

    async def pause(self, *about: object) -> None:
        """Let others go first, sometimes."""
        for _ in range(self.dice("pause", *about).randrange(3)):
            await asyncio.sleep(0)


class Row:
    """A row whose attributes the world makes up."""

    def __init__(self, world: World, key: str) -> None:
        self.world = world
        self.key = key

    def __getattr__(self, name: str) -> Any:
        world, key = self.__dict__["world"], self.__dict__["key"]
        return world.value(key, name, made_up(world, key, name))


class BookRow(Row):
    """A book."""


class AuthorRow(Row):
    """An author."""


class PenRow(Row):
    """A pen."""


class RarePenRow(PenRow):
    """A pen of a class of its own."""


@dataclass(frozen=True, slots=True)
class Size:
    """A row of the frozen kind."""

    width: int
    height: int | None


@strawberry.enum
class Genre(enum.Enum):
    """What a book is about."""

    CRIME = "crime"
    LOVE = "love"
    WAR = "war"


KINDS: list[type[Row]] = [BookRow, AuthorRow, PenRow, RarePenRow]


def made_up(world: World, key: str, name: str) -> Any:
    """A right value for an attribute."""
    dice = world.dice(key, name, "right")
    texts: dict[str, Any] = {
        "id": f"{key}#{name}",
        "name": key,
        "title": f"Title of {key}",
        "subtitle": dice.choice([None, "or not"]),
        "pages": dice.randrange(1000),
        "weight": dice.choice([1.5, 2.0, 3]),
        "in_print": dice.choice([True, False]),
        "genre": dice.choice(["crime", "love", Genre.WAR]),
        "genres": [Genre.CRIME, "war"][: dice.randrange(3)],
        "printed_at": f"stamp {key}",
        "tags": [f"tag {n}" for n in range(dice.randrange(3))],
        "grid": [[n, n + 1] for n in range(dice.randrange(3))],
        "holes": [[1, None], None, [2]][: dice.randrange(4)],
        "size": Size(dice.randrange(9), dice.choice([None, 3])),
        "age": dice.randrange(90),
    }
    if name in texts:
        return texts[name]
    if name in {"author", "main_author"}:
        return AuthorRow(world, f"{key}.{name}")
    if name in {"item", "node"}:
        return dice.choice(KINDS)(world, f"{key}.{name}")
    if name == "items":
        return tuple(dice.choice(KINDS)(world, f"{key}.{name}{n}") for n in range(dice.randrange(4)))
    if name in {"books", "sequels"}:
        return [listed_book(world, key, name, n) for n in range(dice.randrange(4))]
    if name == "shelves":
        return [[BookRow(world, f"{key}.{name}{n}{m}") for m in range(2)] for n in range(dice.randrange(3))]
    raise AttributeError(name)


def listed_book(world: World, key: str, name: str, number: int) -> Any:
    """An item of a list, which can itself be wrong."""
    try:
        return world.value(key, f"{name}{number}", BookRow(world, f"{key}.{name}{number}"))
    except (Broken, ValueError) as error:
        return error
