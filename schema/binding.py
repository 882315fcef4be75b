"""How schema types meet rows and resolvers: types describe rows, fields read attributes or name the function to ask."""

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, TypeVar, cast, get_type_hints

import strawberry

from resolvers.mistakes import BadArgument
from resolvers.paging import Window
from resolvers.witnesses import witnessed
from schema.requirements import Requires

Described = TypeVar("Described", bound=type)
REQUIRED = inspect.Parameter.empty
UNKEEPABLE = "A text here holds U+0000 or half a surrogate pair, which no text of the shop may hold."
SURROGATE = re.compile("[\ud800-\udfff]")

PAGING: Mapping[str, tuple[Any, Any, str]] = {
    "first": (int | None, None, "How many items to answer, counted from the start of the list; at most 250."),
    "after": (str | None, None, "Only items behind this cursor."),
    "last": (int | None, None, "How many items to answer, counted from the end of the list; at most 250."),
    "before": (str | None, None, "Only items ahead of this cursor."),
    "reverse": (bool | None, False, "Turn the list's order around."),
}


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument whose GraphQL type is not what the resolver takes: it is decoded on the way in."""

    type: Any
    description: str
    decode: Callable[[Any], Any]
    default: Any = REQUIRED


def describes(*rows: type, needs: str | None = None) -> Callable[[Described], Described]:
    """Say which rows a type describes, so that its plain fields are attribute reads and unions know their members.

    A type of the staff schema `needs` a scope, which is that of every field without one of its own; a value without
    rights of its own, like an amount of money, `needs=AS_FOUND`.
    """

    def bind(described: Described) -> Described:
        described.__rows__ = rows  # type: ignore[attr-defined]
        described.__needs__ = needs  # type: ignore[attr-defined]
        described.is_type_of = staticmethod(_belongs_to(rows))  # type: ignore[attr-defined]
        return described

    return bind


def _belongs_to(rows: tuple[type, ...]) -> Callable[[Any, Any], bool]:
    def belongs(value: Any, info: Any) -> bool:
        return isinstance(value, rows)

    belongs.instance_of = rows  # type: ignore[attr-defined]  # so that a compiled plan can look for itself
    return belongs


def described(
    description: str, *, name: str | None = None, deprecated: str | None = None, needs: str | None = None
) -> Any:
    """A plain field: the row's attribute of the same name."""
    return strawberry.field(
        description=description, name=name, deprecation_reason=deprecated, directives=_requirements(needs)
    )


def resolved_by(
    function: Callable[..., Any],
    description: str,
    /,
    *,
    renamed: str | None = None,
    deprecated: str | None = None,
    needs: str | None = None,
    lasting: bool = False,
    **arguments: str | Argument,
) -> Any:
    """A field answered by `function(context, row, **arguments)`. A `Window` parameter becomes the paging arguments.

    Each keyword names a parameter of the function: by a description, or by an `Argument` that decodes it. A field of
    the staff schema `needs` a scope where that is another than its type's; a root field always says which.
    A `lasting` root field tells of the catalog alone, so that its answers may be kept until that changes.
    """
    resolver = _resolver(function, arguments)
    return strawberry.field(
        metadata={"lasting": lasting},
        resolver=resolver,
        description=description,
        name=renamed,
        deprecation_reason=deprecated,
        directives=_requirements(needs),
    )


def changed_by(
    function: Callable[..., Any],
    description: str,
    /,
    *,
    renamed: str | None = None,
    needs: str | None = None,
    **arguments: str | Argument,
) -> Any:
    """A mutation carried out by `function(context, None, **arguments)`; what was read before it is forgotten.

    One of the staff's, which `needs` a scope, must leave an audit record.
    """
    if needs is not None:
        function = witnessed(function)

    async def change(context: Any, root: Any, **given: Any) -> Any:
        try:
            return await function(context, root, **given)
        finally:
            context.renew()

    change.is_witnessed = needs is not None  # type: ignore[attr-defined]
    change.__signature__ = inspect.signature(function)  # type: ignore[attr-defined]
    change.__annotations__ = get_type_hints(function, include_extras=True)
    resolver = _resolver(change, arguments)
    return strawberry.field(resolver=resolver, description=description, name=renamed, directives=_requirements(needs))


def streamed_by(
    function: Callable[..., Any], description: str, /, *, needs: str | None = None, **arguments: str | Argument
) -> Any:
    """A subscription whose events come from the asynchronous generator `function(context, None, **arguments)`."""
    resolver = _resolver(function, arguments)
    return strawberry.subscription(resolver=resolver, description=description, directives=_requirements(needs))


def _requirements(scope: str | None) -> list[Requires]:
    return [] if scope is None else [Requires(scopes=[scope])]


def _resolver(function: Callable[..., Any], arguments: Mapping[str, str | Argument]) -> Callable[..., Any]:
    shown, decode = _arguments(function, arguments)
    resolve: Any
    if inspect.isasyncgenfunction(function):

        def resolve(root: Any, info: Any, **given: Any) -> Any:
            return function(info.context, root, **decode(given))  # no generator around it: closing must reach it
    elif inspect.iscoroutinefunction(function):

        async def resolve(root: Any, info: Any, **given: Any) -> Any:
            return await function(info.context, root, **decode(given))
    else:

        def resolve(root: Any, info: Any, **given: Any) -> Any:
            return function(info.context, root, **decode(given))

    ours = [_parameter("root", Any), _parameter("info", strawberry.Info)]
    resolve.__signature__ = inspect.Signature([*ours, *shown])
    resolve.__annotations__ = {parameter.name: parameter.annotation for parameter in shown}
    resolve.__bound_to__ = function
    resolve.__decode__ = decode
    return cast("Callable[..., Any]", resolve)


def _arguments(
    function: Callable[..., Any], arguments: Mapping[str, str | Argument]
) -> tuple[list[inspect.Parameter], Callable[[dict[str, Any]], dict[str, Any]]]:
    hints = get_type_hints(function, include_extras=True)
    shown: list[inspect.Parameter] = []
    decoders: dict[str, Callable[[Any], Any] | None] = {}
    window = None
    for parameter in list(inspect.signature(function).parameters.values())[2:]:
        name, default, kind = parameter.name, parameter.default, hints[parameter.name]
        if kind is Window:
            window = name
            shown += [_parameter(name, kind, text, default) for name, (kind, default, text) in PAGING.items()]
            decoders |= dict.fromkeys(PAGING)
            continue
        given = arguments[name]
        if isinstance(given, Argument):
            default = given.default if given.default is not REQUIRED else default
            shown.append(_parameter(name, given.type, given.description, default))
        else:
            kind = kind if default is REQUIRED else kind | None
            shown.append(_parameter(name, kind, given, default))
        decoders[name] = given.decode if isinstance(given, Argument) else None
    return shown, _decoder(window, decoders)


def _decoder(
    window: str | None, decoders: Mapping[str, Callable[[Any], Any] | None]
) -> Callable[[dict[str, Any]], dict[str, Any]]:
    def decode(given: dict[str, Any]) -> dict[str, Any]:
        decoded: dict[str, Any] = {}
        for name, convert in decoders.items():
            value = given.get(name)
            if value is None:  # a null is an argument left out
                continue
            refuse_unkeepable(value)
            decoded[name] = convert(value) if convert else value
        if window:
            decoded[window] = Window(**{name: decoded.pop(name) for name in PAGING if name in decoded})
        return decoded

    return decode if decoders else lambda given: given


def refuse_unkeepable(value: Any) -> None:
    """Raise BadArgument for a text, however deep inside, that no database keeps: with NUL, or half a character."""
    pending = [value]
    while pending:
        each = pending.pop()
        if isinstance(each, str):
            if "\x00" in each or not (each.isascii() or SURROGATE.search(each) is None):
                raise BadArgument(UNKEEPABLE)
        elif isinstance(each, list):
            pending += each
        elif isinstance(each, dict):
            pending += [*each.keys(), *each.values()]
        elif each is not None and hasattr(each, "__strawberry_definition__") and not isinstance(each, Enum):
            pending += [inside for inside in vars(each).values() if inside is not None]


def _parameter(name: str, kind: Any, description: str = "", default: Any = REQUIRED) -> inspect.Parameter:
    default = REQUIRED if default is None else default  # the function's own None serves; "= null" stays out of the SDL
    annotation = Annotated[kind, strawberry.argument(description=description)] if description else kind
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default)
