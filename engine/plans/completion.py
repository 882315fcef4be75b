"""Writes how values become answers: scalars tested in place, objects as dictionary displays, a function per list.

Every function written takes a value or row, its place and the run. A line that fails names its field by its number;
a failing field that may be null is caught where it stands, any other error leaves the function with its path.
"""

from collections.abc import Hashable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from graphql import (
    GraphQLObjectType,
    GraphQLOutputType,
    get_named_type,
    is_abstract_type,
    is_composite_type,
    is_enum_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
)

from engine.guarding import guard_of
from engine.plans import checks, leaves
from engine.plans.answering import Answers, Attribute, Event, Function, Met, Need
from engine.plans.arguments import Slots
from engine.plans.running import Keys, Site, Use
from engine.plans.selection import Details, Selection
from engine.plans.source import Body, Here, Module, suspicion

HEADER = "def {name}(o, p, run):"
ITEMS = "def {name}(listed, q, k, run):"
LEVEL = "def {name}(rows, places, run, here{lists}):"
NOTHING: Mapping[Need, str] = {}

Fields = Mapping[str, tuple[Use | None, Details] | None]


class Completion:
    """Writes the synchronous part of one plan."""

    def __init__(self, module: Module, selection: Selection, answers: Answers, slots: Slots) -> None:
        self._module = module
        self._selection = selection
        self._answers = answers
        self._slots = slots
        self._here = Here()
        self._written: set[Hashable] = set()
        self._completers: dict[Hashable, str] = {}
        self._levels: dict[Hashable, str] = {}

    @contextmanager
    def _function(self, header: str, here: Here) -> Iterator[Body]:
        """Write one more function, in the middle of another if need be."""
        outside, self._here = self._here, here
        with self._module.function(header) as body:
            yield body
        self._here = outside

    def completer(self, kind: GraphQLOutputType, use: Use, details: Details) -> str:
        """The name of a function that makes the answer of a value of a field, or of an item of a field's list."""
        name = self._completers.get((use.same, id(kind)))
        if name is None:
            name = self._completers[(use.same, id(kind))] = self._completer(kind, use, details)
        return name

    def _completer(self, kind: GraphQLOutputType, use: Use, details: Details) -> str:
        name = self._module.fresh(f"{use.key}_")
        with self._function(HEADER.format(name=name), Here()) as body:
            if not is_non_null_type(kind):
                body.write(f"return {self._value(body, kind, 'o', Site(use, ()), details)}")
            else:
                body.write("try:")
                with body.indented():
                    body.write(f"return {self._value(body, kind, 'o', Site(use, ()), details)}")
                body.write("except Exception as e: raise located(e, p) from None")
        return name

    def object_maker(self, kind: GraphQLObjectType, site: Site, fields: Fields) -> str:
        """The name of a function that makes an object's answer from its row."""
        name = self._module.fresh(f"{kind.name}_")
        with self._function(HEADER.format(name=name), Here()) as body:
            body.write("try:")
            with body.indented():
                self._checked(body, kind, "o", site, required=True)
                body.write(f"return {self._display(body, kind, 'o', (), fields)}")
            body.write("except Exception as e: raise located(e, p) from None")
        return name

    def level_maker(self, kind: GraphQLObjectType, fields: Fields, needs: Mapping[Need, str], *, checked: bool) -> str:
        """The name of a function that makes the answer of a level's rows, with nulls for what comes later.

        It is told `here`: the field they are the values of, which checks them and has their errors; None for the root.
        It also takes what the fields need besides their rows, in the order and under the names given: a list for each.
        Levels that select the same, as a fragment does wherever it is spread, have one function.
        """
        uses = (("later" if field is None else field[0] and field[0].same) for field in fields.values())
        same = kind.name, checked, *needs.items(), *zip(fields, uses, strict=True)
        name = self._levels.get(same)
        if name is None:
            name = self._levels[same] = self._level_maker(kind, fields, needs, checked)
        return name

    def _level_maker(self, kind: GraphQLObjectType, fields: Fields, needs: Mapping[Need, str], checked: bool) -> str:
        name = self._module.fresh(f"{kind.name}_")
        names = [f", {each}" for each in needs.values()]
        lists = [f"{each}s" for each in names]
        with self._function(LEVEL.format(name=name, lists="".join(lists)), Here(context="c")) as body:
            body.write("answers, c = [], run.context")
            body.write(f"for o, p{''.join(names)} in zip(rows, places{''.join(lists)}):")
            with body.indented():
                body.write("try:")
                with body.indented():
                    if checked:
                        body.write(f"if {suspicion(self._module, kind, 'o')}: here.check(o, p, run)")
                    body.write(f"answers.append({self._display(body, kind, 'o', (), fields, needs)})")
                body.write("except Exception as e: answers.append(located(e, p, here))")
            body.write("return answers")
        return name

    def _items_maker(self, kind: GraphQLOutputType, use: Use, details: Details) -> str:
        """The name of a function that makes the answers of the objects in a field's list `listed` at `(q, k)`."""
        name = self._module.fresh(f"{use.key}_")
        with self._function(ITEMS.format(name=name), Here("(q, k, i)", "c")) as body:
            body.write("answers, i, c = [], 0, run.context")
            body.write("try:")
            with body.indented():
                body.write("for i, o in enumerate(listed):")
                with body.indented():
                    body.write(f"answers.append({self._value(body, kind, 'o', Site(use, ()), details)})")
            body.write("except Exception as e: raise located(e, (q, k, i)) from None")
            body.write("return answers")
        return name

    def reader(self, use: Use) -> str:
        """The name of a function that reads a field's own value off its row."""
        name = self._module.fresh("read_")
        with self._function(HEADER.format(name=name), Here()) as body:
            body.write(f"return {self._source(use, 'o', NOTHING)}")
        return name

    def _source(self, use: Use, row: str, needs: Mapping[Need, str]) -> str:
        """The expression of a field's own value, where it is not awaited; a guard is asked first."""
        guard = guard_of(use.field)
        value = self._unguarded(use, row, needs)
        return value if guard is None else f"({self._module.thing('guard_', guard)}({self._here.context}), {value})[1]"

    def _unguarded(self, use: Use, row: str, needs: Mapping[Need, str]) -> str:
        way = self._answers.of(use.field)
        match way:
            case Attribute(name):
                return f"{row}.{name}"
            case Event():
                return row
            case Function(_, _, False):
                return self._called(use, way, row)
            case Met():
                taken = (needs[need] for need in way.needs)
                return self._called(
                    use, way, row, *(f"{n} if not isinstance({n}, Exception) else usable({n})" for n in taken)
                )
        raise AssertionError(way)

    def _called(self, use: Use, way: Function | Met, *given: str) -> str:
        function = self._module.thing("f_", way.call)
        if use.field.args:
            given = (*given, f"**run.arguments[{self._slots.add(use.field, use.nodes[0], way)}]")
        return f"{function}({self._here.context}, {', '.join(given)})"

    def _value(
        self, body: Body, kind: GraphQLOutputType, raw: str, site: Site, details: Details, *, known: bool = False
    ) -> str:
        """Write the completion of a raw value; the expression of its answer."""
        if is_non_null_type(kind):
            return self._present(body, kind.of_type, raw, site, details, required=True)
        out = self._module.fresh(f"{site.use.key}_")
        body.write("try:")
        with body.indented():
            if is_leaf_type(kind):
                body.write(f"{out} = {self._leaf(kind, raw, site, required=False)}", site)
            elif body.is_deep or known:
                inner = self.completer(kind, site.use, details)
                body.write(f"{out} = {inner}({raw}, ({self._here.place}, {site.keys!r}), run)", site)
            else:
                row = body.named(raw, self._module.fresh("o"), site)
                body.write(f"if {row} is None: {out} = None")
                body.write("else:")
                with body.indented():
                    body.write(f"{out} = {self._present(body, kind, row, site, details, required=False)}", site)
        body.write(f"except Exception as e: {out} = lost(e, {self._here.place}, run, {site.keys!r})")
        return out

    def _present(self, body: Body, kind: Any, raw: str, site: Site, details: Details, *, required: bool) -> str:
        name = site.use.name if required else None
        if is_leaf_type(kind):
            out = self._module.fresh("v")
            body.write(f"{out} = {self._leaf(kind, raw, site, required=required)}", site)
            return out
        row = body.named(raw, self._module.fresh("o"), site)
        if is_list_type(kind):
            return self._list(body, kind.of_type, row, site, details, required=required)
        if is_abstract_type(kind):
            return self._any_of(body, kind, row, site, details, name)
        self._checked(body, kind, row, site, required=required)
        return self._display(body, kind, row, site.keys, self._selection.below(kind, details))

    def _leaf(self, kind: Any, raw: str, site: Site, *, required: bool) -> str:
        names = leaves.Names(kind) if is_enum_type(kind) else None
        coerce = names or kind.coerce_output_value
        slow = self._module.thing("leaf_", leaves.completer(kind, site.use.name if required else None, coerce))
        test = leaves.test_of(kind)
        name = raw if raw.isidentifier() else self._module.fresh("r")
        if names is not None:
            taken = name if name == raw else f"({name} := {raw})"
            known = self._module.thing("names_", names.known)
            return f"{known}[{name}] if {taken}.__class__ is str and {name} in {known} else {slow}({name})"
        if test is None:
            return f"{slow}({raw})"
        first = name if name == raw else f"({name} := {raw})"
        if required:
            right = test.replace("{0}", first, 1).replace("{0}", name)
            return f"{name} if {right} else {slow}({name})"
        return f"{name} if {first} is None or {test.format(name)} else {slow}({name})"

    def _list(
        self, body: Body, item: GraphQLOutputType, row: str, site: Site, details: Details, *, required: bool
    ) -> str:
        out, count, each = self._module.fresh("v"), self._module.fresh("i"), self._module.fresh("x")
        listed = self._module.thing("listed_", checks.listed)
        place, plain = self._here.place, item.of_type if is_non_null_type(item) else item
        body.write(f"if {row}.__class__ is not list: {row} = {listed}({row}, {site.use.name!r}, {required})", site)
        if is_composite_type(plain):
            key = (site.use.same, id(item), "items")
            inner = self._completers[key] = self._completers.get(key) or self._items_maker(item, site.use, details)
            body.write(f"{out} = {inner}({row}, {place}, {site.keys!r}, run)", site)
            return out
        inner = self.completer(item, site.use, details)
        call = f"{inner}({each}, ({place}, {site.keys!r}, {count}), run)"
        if is_leaf_type(plain) and (test := leaves.test_of(plain)):
            call = f"{each} if {test.format(each)} else {call}"
        body.write(f"{out} = [{call} for {count}, {each} in enumerate({row})]", site)
        return out

    def _any_of(self, body: Body, kind: Any, row: str, site: Site, details: Details, name: str | None) -> str:
        chosen = checks.AnyOf(kind, Site(site.use, ()), name)
        maker = self._module.thing("any_", chosen)
        self._module.choose(
            chosen,
            {
                possible.name: self.object_maker(possible, Site(site.use, ()), self._selection.below(possible, details))
                for possible in self._selection.possible(kind)
            },
        )
        out = self._module.fresh("v")
        body.write(f"{out} = {maker}({row}, ({self._here.place}, {site.keys!r}), run)", site)
        return out

    def _checked(self, body: Body, kind: GraphQLObjectType, row: str, site: Site, *, required: bool) -> None:
        check = self._module.thing("check_", checks.object_check(kind, site, site.use.name if required else None))
        body.write(f"if {suspicion(self._module, kind, row)}: {check}({row}, {self._here.place}, run)", site)

    def _display(
        self,
        body: Body,
        kind: GraphQLObjectType,
        row: str,
        keys: Keys,
        fields: Fields,
        needs: Mapping[Need, str] = NOTHING,
    ) -> str:
        parts = []
        for key, field in fields.items():
            if field is None:
                parts.append(f"{key!r}: None")
                continue
            use, details = field
            if use is None:
                parts.append(f"{key!r}: {kind.name!r}")
                continue
            site = Site(use, (*keys, key))
            parts.append(f"{key!r}: {self._field(body, self._source(use, row, needs), site, details)}")
        return "{" + ", ".join(parts) + "}"

    def _field(self, body: Body, raw: str, site: Site, details: Details) -> str:
        """Write a field, or call what is written of it: the fields of a fragment that is spread often are not written
        each time, so that a plan grows with its document and not with what fragments multiply to."""
        kind, known = site.use.type, self._is_known(site.use)
        if not known or not is_non_null_type(kind):
            return self._value(body, kind, raw, site, details, known=known)
        out = self._module.fresh("v")
        inner = self.completer(kind, site.use, details)
        body.write(f"{out} = {inner}({raw}, ({self._here.place}, {site.keys!r}), run)", site)
        return out

    def _is_known(self, use: Use) -> bool:
        known = use.same in self._written
        self._written.add(use.same)
        return known and not is_leaf_type(get_named_type(use.type))
