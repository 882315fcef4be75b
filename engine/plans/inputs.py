"""Coerced arguments as Strawberry's own classes: how a type is converted is found out once, not for every value."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING
from typing import Any

from strawberry import UNSET
from strawberry.relay import GlobalID
from strawberry.scalars import is_scalar
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.arguments import StrawberryArgument, convert_argument
from strawberry.types.base import StrawberryList, StrawberryMaybe, StrawberryOptional, has_object_definition
from strawberry.types.enum import StrawberryEnumDefinition, has_enum_definition
from strawberry.types.lazy_type import LazyType

Convert = Callable[[Any], Any]


class Inputs:
    """Converts what graphql-core has coerced, exactly as `strawberry.types.arguments.convert_arguments` does."""

    def __init__(self, converter: GraphQLCoreConverter) -> None:
        self._scalars = converter.scalar_registry
        self._config = converter.config
        self._objects: dict[type, Convert] = {}

    def of(self, arguments: Sequence[StrawberryArgument]) -> Convert:
        """The converter of a field's arguments, given by their GraphQL names."""
        names = self._config.name_converter
        return _picking([(names.from_argument(each), each.python_name, self._way(each.type)) for each in arguments], {})

    def _way(self, kind: Any) -> Convert | None:
        """How values of a type are converted; None if they stay as they are."""
        if isinstance(kind, StrawberryMaybe) or kind is GlobalID:
            return self._as_strawberry_does(kind)
        if isinstance(kind, StrawberryOptional):
            return self._way(kind.of_type)
        if isinstance(kind, StrawberryList):
            return self._each(kind.of_type)
        if isinstance(kind, LazyType):
            return self._way(kind.resolve_type())
        if isinstance(kind, StrawberryEnumDefinition) or has_enum_definition(kind) or is_scalar(kind, self._scalars):
            return None
        if has_object_definition(kind) and kind.__strawberry_definition__.from_input is None:
            return self._object(kind)
        return self._as_strawberry_does(kind)

    def _as_strawberry_does(self, kind: Any) -> Convert:
        return lambda value: convert_argument(value, kind, self._scalars, self._config)

    def _each(self, kind: Any) -> Convert:
        way = self._way(kind)
        return _if_given(list if way is None else lambda values: [way(value) for value in values])

    def _object(self, kind: type) -> Convert:
        """Found out when it is first needed: input types may hold themselves."""
        known = self._objects.get(kind)
        if known is not None:
            return known
        made: list[Convert] = []

        def convert(value: Mapping[str, Any]) -> Any:
            if not made:
                made.append(self._fields_of(kind))
            return kind(**made[0](value))

        return self._objects.setdefault(kind, _if_given(convert))

    def _fields_of(self, kind: Any) -> Convert:
        definition = kind.__strawberry_definition__
        names = self._config.name_converter
        wanted = [
            (names.from_field(field), field.python_name, self._way(field.resolve_type(type_definition=definition)))
            for field in definition.fields
        ]
        absent = {
            field.python_name: None
            for field in definition.fields
            if definition.is_input and field.default_value is MISSING and field.default_factory is MISSING
        }
        return _picking(wanted, absent)


def _if_given(way: Convert) -> Convert:
    return lambda value: value if value is None or value is UNSET else way(value)


def _picking(wanted: Sequence[tuple[str, str, Convert | None]], absent: Mapping[str, Any]) -> Convert:
    """From a mapping, what is wanted of it by its Python names; what is absent has a value of its own."""

    def pick(given: Mapping[str, Any]) -> dict[str, Any]:
        picked = dict(absent)
        for name, python_name, way in wanted:
            if name in given:
                picked[python_name] = given[name] if way is None else way(given[name])
        return picked

    return pick
