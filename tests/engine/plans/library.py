"""A toy schema with every kind of field there is."""

import inspect
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, NewType

import strawberry
from strawberry.permission import BasePermission
from strawberry.schema.config import StrawberryConfig

from schema.binding import Argument, changed_by, described, describes, resolved_by, streamed_by
from tests.engine.plans.world import KINDS, AuthorRow, BookRow, Broken, Genre, PenRow, Row, Size, World, listed_book

VARIADIC = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
Stamp = NewType("Stamp", str)


def name_of(world: World, row: Row, *, loud: bool = False, times: int = 1) -> Any:
    """A function that does not wait."""
    text = f"{row.key} " * times
    return world.value(row.key, f"name_of{loud}{times}", text.upper() if loud else text)


def doubled(text: str) -> str:
    """A decoder that fails for some texts."""
    if text == "bad":
        raise Broken("a bad text")
    return text * 2


@strawberry.input
class Wish:
    """What somebody would like."""

    genre: Genre | None = None
    words: list[str] = strawberry.field(default_factory=list)
    limit: int = 3


async def wish_told(world: World, row: Row, *, wish: Wish | None = None, text: str | None = None) -> Any:
    """A function that waits and takes all kinds of arguments."""
    await world.pause(row.key, "wished")
    told = f"{wish.genre} {wish.words} {wish.limit} {text}" if wish else f"{text}"
    return world.value(row.key, f"wished{told}", told)


def waiting(name: str) -> Any:
    """A function that waits for the attribute of that name."""

    async def attribute(world: World, row: Row) -> Any:
        await world.pause(row.key, name)
        return getattr(row, name)

    return attribute


@dataclass(frozen=True)
class Need:
    """The attribute of that name, had for many rows at once."""

    name: str

    def begin(self, world: World, rows: Sequence[Row]) -> Awaitable[list[Any]]:
        """The attribute of each, an exception for what failed."""
        return self.of_all(world, {row.key: row for row in rows}, [row.key for row in rows])

    async def of_all(self, world: World, rows: dict[str, Row], keys: list[str]) -> list[Any]:
        """The attribute of all."""
        return [await self.of(world, rows[key]) for key in keys]

    async def of(self, world: World, row: Row) -> Any:
        """The attribute of one."""
        await world.pause(row.key, self.name)
        try:
            return getattr(row, self.name)
        except (Broken, ValueError) as error:
            return error


def supplied(*names: str, tell: Callable[..., Any] = lambda world, row, *values, **given: values[0]) -> Any:
    """A function that needs the attributes of these names, for its row or for many at once."""
    needs = tuple(Need(name) for name in names)

    async def attribute(world: World, row: Row, **given: Any) -> Any:
        values = [await need.of(world, row) for need in needs]
        for value in values:
            if isinstance(value, Exception):
                raise value
        return tell(world, row, *values, **given)

    told: Any = attribute
    shown = [each for each in inspect.signature(tell).parameters.values() if each.kind not in VARIADIC]
    told.__signature__ = inspect.Signature([each for each in shown if each.name not in names])
    told.__annotations__ = {name: kind for name, kind in tell.__annotations__.items() if name not in names}
    told.__needs__, told.__once_met__ = needs, tell
    return told


def both(world: World, row: Row, title: Any, name: Any, *, word: str = "by") -> str:
    """A text of two needs and an argument."""
    if word == "bad":
        raise Broken("a bad word")
    return f"{title} {word} {name}"


def asked(name: str) -> Any:
    """A function that asks for the attribute of that name and does not wait."""

    def attribute(world: World, row: Row) -> Any:
        return getattr(row, name)

    return attribute


class MayRead(BasePermission):
    """A permission that the seed gives or refuses."""

    message = "You may not."

    async def has_permission(self, source: Any, info: Any, **kwargs: Any) -> bool:
        return bool(info.context.dice(source.key, "may").randrange(3))


@strawberry.interface
class Node:
    """Anything with a name."""

    id: strawberry.ID = described("The id.")
    name: str | None = described("The name.")


@strawberry.type
@describes(Size)
class Measure:
    """How large it is."""

    width: int = described("The width.")
    height: int | None = described("The height.")


@strawberry.type
@describes(PenRow)
class Pen(Node):
    """Something to write with."""

    title: str | None = described("The title.")
    size: Measure = described("The size.")


@strawberry.type
@describes(AuthorRow)
class Author(Node):
    """Who writes."""

    id: strawberry.ID = resolved_by(lambda world, row: f"author/{row.key}", "The id.")
    age: int | None = described("The age.")
    books: list["Book"] | None = resolved_by(waiting("books"), "The books.")
    sequels: list[Annotated["Book", strawberry.lazy(__name__)] | None] = resolved_by(asked("sequels"), "The sequels.")
    item: Annotated["Item", strawberry.lazy(__name__)] | None = resolved_by(waiting("item"), "Something.")


@strawberry.type
@describes(BookRow)
class Book(Node):
    """Something to read."""

    title: str = described("The title.")
    subtitle: str | None = described("The subtitle.")
    pages: int | None = described("How many pages.")
    weight: float = described("The weight.")
    in_print: bool = described("Whether it can be had.")
    genre: Genre | None = described("What it is about.")
    genres: list[Genre] = described("All it is about.")
    printed_at: Stamp | None = described("When it was printed.")
    tags: list[str] = described("Its tags.")
    grid: list[list[int]] = described("A list of lists.")
    holes: list[list[int | None] | None] | None = described("A list of lists with holes.")
    size: Measure | None = described("The size.")
    author: Author | None = described("Who wrote it.")
    main_author: Author = described("Who wrote most of it.")
    late_author: Author | None = resolved_by(waiting("author"), "Who wrote it, to be waited for.")
    late_main_author: Author = resolved_by(waiting("main_author"), "Who wrote most, to be waited for.")
    late_title: str = resolved_by(waiting("title"), "The title, to be waited for.")
    late_pages: int | None = resolved_by(waiting("pages"), "The pages, to be waited for.")
    late_tags: list[str] | None = resolved_by(waiting("tags"), "The tags, to be waited for.")
    met_title: str = resolved_by(supplied("title"), "The title, had for many at once.")
    met_pages: int | None = resolved_by(supplied("pages"), "The pages, had for many at once.")
    met_tags: list[str] | None = resolved_by(supplied("tags"), "The tags, had for many at once.")
    met_both: str | None = resolved_by(supplied("title", "name", tell=both), "Title and name.", word="Between them.")
    met_author: Author | None = resolved_by(supplied("author"), "Who wrote it, had for many at once.")
    met_main_author: Author = resolved_by(supplied("main_author"), "Who wrote most of it, had for many at once.")
    met_items: list[Annotated["Item", strawberry.lazy(__name__)]] | None = resolved_by(supplied("items"), "Things.")
    node: Node | None = described("Some node.")
    late_node: Node | None = resolved_by(waiting("node"), "Some node, to be waited for.")
    items: list[Annotated["Item", strawberry.lazy(__name__)]] = described("Things.")
    late_items: list[Annotated["Item", strawberry.lazy(__name__)]] | None = resolved_by(waiting("items"), "Things.")
    shelves: list[list["Book"]] | None = described("Shelves.")
    late_shelves: list[list["Book | None"]] | None = resolved_by(waiting("shelves"), "Shelves, to be waited for.")
    called: str = resolved_by(name_of, "Its name.", loud="Whether to shout.", times="How often.")
    wished: str | None = resolved_by(
        wish_told, "A wish.", wish="What to wish.", text=Argument(str | None, "Some text.", doubled)
    )

    @strawberry.field
    def plain(self, info: strawberry.Info, word: str = "plain") -> str:
        return str(info.context.value(self.key, "plain", f"{word} {info.path.key} {info.field_name}"))  # type: ignore[attr-defined]

    @strawberry.field
    async def plain_author(self, info: strawberry.Info) -> Author | None:
        await info.context.pause(self.key, "plain")  # type: ignore[attr-defined]
        return AuthorRow(info.context, f"{self.key}.plain")  # type: ignore[return-value, attr-defined]

    @strawberry.field(permission_classes=[MayRead])  # type: ignore[untyped-decorator]
    def secret(self) -> str | None:
        return f"secret of {self.key}"  # type: ignore[attr-defined]


Item = Annotated[Book | Author | Pen, strawberry.union("Item")]


def a_book(world: World, root: object, *, key: str = "book") -> Any:
    """A book by its key."""
    return world.value(key, "a_book", BookRow(world, key))


async def waited_book(world: World, root: object, *, key: str = "late") -> Any:
    """A book to be waited for."""
    await world.pause(key)
    return a_book(world, root, key=key)


async def many_books(world: World, root: object, *, count: int = 3) -> Any:
    """Several books."""
    return [listed_book(world, "many", "books", number) for number in range(count)]


async def some_node(world: World, root: object, *, key: str = "node") -> Any:
    """A node of any kind."""
    return world.dice(key).choice(KINDS)(world, key)


async def written(world: World, root: object, *, key: str = "new") -> Any:
    """Write one."""
    world.log.append(f"wrote {key} in {world.generation}")
    await world.pause(key)
    return world.value(key, "write_book", BookRow(world, f"{key}{world.generation}"))


async def coming(world: World, root: object, *, count: int = 2) -> AsyncGenerator[Any, None]:
    """Books as they come."""
    for number in range(count):
        yield listed_book(world, "new", "books", number)


@strawberry.type
class Query:
    """What may be asked."""

    book: Book | None = resolved_by(a_book, "A book.", key="Which.")
    the_book: Book = resolved_by(a_book, "A book.", key="Which.")
    late_book: Book | None = resolved_by(waited_book, "A book.", key="Which.")
    books: list[Book] | None = resolved_by(many_books, "Books.", count="How many.")
    all_books: list[Book | None] = resolved_by(many_books, "Books.", count="How many.")
    node: Node | None = resolved_by(some_node, "A node.", key="Which.")


@strawberry.type
class Mutation:
    """What may be done."""

    write_book: Book | None = changed_by(written, "Write a book.", key="Which.")
    write_the_book: Book = changed_by(written, "Write a book.", key="Which.")


@strawberry.type
class Subscription:
    """What may be followed."""

    new_books: Book | None = streamed_by(coming, "New books.", count="How many.")


def library() -> strawberry.Schema:
    """The schema."""
    stamp = strawberry.scalar(name="Stamp", serialize=lambda value: f"<{value}>", parse_value=str)
    return strawberry.Schema(
        query=Query,
        mutation=Mutation,
        subscription=Subscription,
        types=[Book, Author, Pen],
        config=StrawberryConfig(scalar_map={Stamp: stamp}),
    )
