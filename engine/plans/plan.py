"""Builds the plan of one operation, and runs it."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeVar

from graphql import (
    ExecutionResult,
    GraphQLObjectType,
    OperationType,
    get_named_type,
    is_abstract_type,
)
from graphql.execution import Executor as CoreExecutor

from engine.guarding import guard_of
from engine.plans.answering import Answers, Function, Met, Need, Resolver
from engine.plans.arguments import Slots
from engine.plans.checks import Kinds, object_check
from engine.plans.completion import Completion
from engine.plans.levels import Deep, Flat, Later, Level, Mixed, Rowwise, Serial
from engine.plans.running import Here, Located, Run, Site, Use
from engine.plans.selection import Details, Selection
from engine.plans.shapes import shape_of
from engine.plans.source import Module
from engine.plans.values import Called, Read, Resolved, Source, Supplied

Built = TypeVar("Built")
Blueprint = Callable[[Mapping[str, Any]], Built]
"""Makes its part of a plan from the functions by name, once they are there."""

Fields = Mapping[str, tuple[Use | None, Details]]


class Plan:
    """An operation made into functions, for one set of `@skip` and `@include` values."""

    def __init__(self, level: Blueprint[Level], slots: Slots, module: Module) -> None:
        self._functions = module.made()
        self._level = level(self._functions)
        self._slots = slots
        self.text = module.text

    def __del__(self) -> None:
        """The functions know one another by name, in a circle: taken apart, they are gone with the plan."""
        self._functions.clear()

    async def answer(self, core: CoreExecutor[Any], context: Any, root: Any = None) -> ExecutionResult:
        """Run it once."""
        run = Run(core, context, self._slots.values(core))
        (answer,) = await self._level.answers([root], [None], run)
        if isinstance(answer, Located):
            run.record(answer.error, None)
            return ExecutionResult(None, run.errors)
        return ExecutionResult(answer, run.errors or None)


def planned(core: CoreExecutor[Any], answers: Answers) -> Plan:
    """The plan of the operation that the executor was built for."""
    return _Planner(core, answers).plan()


def _built_once(blueprint: Blueprint[Built]) -> Blueprint[Built]:
    built: list[Built] = []

    def build(made: Mapping[str, Any]) -> Built:
        if not built:
            built.append(blueprint(made))
        return built[0]

    return build


class _Planner:
    def __init__(self, core: CoreExecutor[Any], answers: Answers) -> None:
        operation = core.operation
        self._core = core
        self._answers = answers
        self._slots = Slots(answers)
        self._selection = Selection(core, answers)
        self._module = Module(operation.name.value if operation.name else operation.operation.value)
        self._completion = Completion(self._module, self._selection, answers, self._slots)
        self._known: dict[Hashable, Blueprint[Later]] = {}

    def plan(self) -> Plan:
        operation = self._core.operation
        root = self._core.schema.get_root_type(operation.operation)
        assert root is not None  # noqa: S101 - the document is valid
        fields = self._selection.of_root(root)
        level = self._level(root, fields, None, serial=operation.operation is OperationType.MUTATION)
        return Plan(level, self._slots, self._module)

    def _level(
        self, kind: GraphQLObjectType, fields: Fields, site: Site | None, *, serial: bool = False
    ) -> Blueprint[Level]:
        later = {
            key: self._later(use, details)
            for key, (use, details) in fields.items()
            if use is not None and (serial or self._is_later(use, details))
        }
        needs = {} if serial else self._needs(fields)
        make = self._completion.level_maker(
            kind,
            {key: None if key in later else field for key, field in fields.items()},
            needs,
            checked=site is not None,
        )
        if serial:
            return lambda made: Serial(made[make], [part(made) for part in later.values()])
        here = None if site is None else Here(site, object_check(kind, site, site.use.name))
        return lambda made: Rowwise(made[make], here, [part(made) for part in later.values()], tuple(needs))

    def _is_later(self, use: Use, details: Details) -> bool:
        return self._selection.waits_for(use, details) and not self._selection.is_met(use, details)

    def _needs(self, fields: Fields) -> Mapping[Need, str]:
        """What the fields of a level need besides their row, each under a name."""
        ways = [self._answers.of(use.field) for use, _ in fields.values() if use is not None]
        needs = dict.fromkeys(need for way in ways if isinstance(way, Met) for need in way.needs)
        return {need: f"n{number}" for number, need in enumerate(needs, start=1)}

    def _later(self, use: Use, details: Details) -> Blueprint[Later]:
        """The same wherever the field is used in the same way: what fragments repeat is built once."""
        known = self._known.get(use.same)
        if known is None:
            known = self._known[use.same] = _built_once(self._filled_later(use, details))
        return known

    def _filled_later(self, use: Use, details: Details) -> Blueprint[Later]:
        site = Site(use, ())
        source = self._source(use)
        if not self._selection.waits(use.type, details):
            complete = self._completion.completer(use.type, use, details)
            return lambda made: Flat(site, source(made), made[complete])
        level = self._level_below(use, details)
        return lambda made: Deep(site, source(made), shape_of(use.type, site), level(made))

    def _level_below(self, use: Use, details: Details) -> Blueprint[Level]:
        site = Site(use, ())
        named: Any = get_named_type(use.type)
        levels = {
            kind.name: self._level(kind, self._selection.below(kind, details), site)
            for kind in self._selection.possible(named)
        }
        if is_abstract_type(named):
            kinds = Kinds(named, site)
            return lambda made: Mixed(kinds, {name: level(made) for name, level in levels.items()}, site)
        return levels[named.name]

    def _source(self, use: Use) -> Blueprint[Source]:
        match self._answers.of(use.field):
            case Function(call, _, True) as way:
                called = Called(call, self._slot(use, way), guard_of(use.field))
                return lambda made: called
            case Met() as way:
                supplied = Supplied(way, self._slot(use, way), guard_of(use.field))
                return lambda made: supplied
            case Resolver(call):
                resolved = Resolved(call, Site(use, (use.key,)), self._slot(use, None))
                return lambda made: resolved
            case _:
                read = self._completion.reader(use)
                return lambda made: Read(made[read])

    def _slot(self, use: Use, way: Function | Met | None) -> int | None:
        return self._slots.add(use.field, use.nodes[0], way) if use.field.args else None
