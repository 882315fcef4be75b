"""The one linear pass over a document before validation: how deep, how wide and how dear, with fragments expanded.

Each fragment is measured once however often it is spread, so the pass takes as long as the document is, while what it
reports is what the fragments stand for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graphql import (
    ArgumentNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    Node,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    is_composite_type,
    is_list_type,
    is_non_null_type,
)

from engine.cost import NOTHING, ONE, Cost, Page
from engine.errors import QUERY_TOO_COMPLEX, QUERY_TOO_DEEP, VALIDATION_FAILED, refusal
from engine.limits import Limits

PAGE_ARGUMENTS = ("first", "last")
INTROSPECTION = ("__schema", "__type")
MOST_STRANGERS = 100  # fields the schema does not have, in one document


@dataclass(slots=True)
class Shape:
    """The measure of a selection set. `lists` is the cost of what its own lists hold, for each thing in them; `handed`
    are the values its variables hand to fields, each variable as many as it holds, as often as a field is told it."""

    depth: int = 0
    fields: int = 0
    aliases: int = 0
    directives: int = 0
    introspections: int = 0
    own: Cost = NOTHING
    lists: Cost = NOTHING
    handed: Cost = NOTHING

    def add(self, other: "Shape") -> None:
        """Put what the other measures beside this, in the same selection set."""
        self.depth = max(self.depth, other.depth)
        self.fields += other.fields
        self.aliases += other.aliases
        self.directives += other.directives
        self.introspections += other.introspections
        self.own += other.own
        self.lists += other.lists
        self.handed += other.handed

    def share(self) -> None:
        """Make adding this in many places copy nothing."""
        self.own = self.own.shared()
        self.lists = self.lists.shared()
        self.handed = self.handed.shared()


class Measure:
    """Measures the operations of one document against one schema. Unknown fields and types are left to validation."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode, limits: Limits) -> None:
        self._schema = schema
        self._limits = limits
        self._fragments: Mapping[str, FragmentDefinitionNode] = {
            node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
        }
        self._known: dict[str, Shape | None] = {}
        self._unpaged = Page(limits.unpaged_list)
        self._strangers = 0
        self.literals = 0

    def operation(self, node: OperationDefinitionNode) -> Shape:
        """What the operation asks for, in all."""
        shape = self._selections(node.selection_set, self._schema.get_root_type(node.operation), 0)
        shape.directives += len(node.directives or ())
        return shape

    def fragment(self, name: str) -> Shape:
        """What one spread of the fragment stands for."""
        return self._spread(name, 0)

    def unused(self) -> list[FragmentDefinitionNode]:
        """The fragments that nothing measured so far spreads."""
        return [node for name, node in self._fragments.items() if name not in self._known]

    def cost(self, shape: Shape) -> Cost:
        """The cost of a whole operation of this shape."""
        return shape.own + shape.lists.times(self._unpaged)

    def _selections(self, selections: SelectionSetNode, parent: GraphQLNamedType | None, level: int) -> Shape:
        if level > 2 * self._limits.depth:  # inline fragments and spreads nest without adding to the depth
            raise _too_deep(self._limits.depth)
        shape = Shape()
        for node in selections.selections:
            match node:
                case FieldNode():
                    self._field(shape, node, parent, level)
                case InlineFragmentNode(type_condition=narrowing):
                    narrowed = self._schema.get_type(narrowing.name.value) if narrowing else parent
                    shape.add(self._selections(node.selection_set, narrowed, level + 1))
                case FragmentSpreadNode():
                    shape.add(self._spread(node.name.value, level + 1))
            shape.directives += len(node.directives or ())
        if shape.depth > self._limits.depth:
            raise _too_deep(self._limits.depth)
        return shape

    def _spread(self, name: str, level: int) -> Shape:
        if name not in self._known:
            node = self._fragments.get(name)
            if node is None:
                return Shape()
            self._known[name] = None
            parent = self._schema.get_type(node.type_condition.name.value)
            shape = self._selections(node.selection_set, parent, level)
            shape.share()
            self._known[name] = shape
        known = self._known[name]
        if known is None:
            raise refusal(f"Cannot spread fragment '{name}' within itself.", VALIDATION_FAILED)
        return known

    def _field(self, shape: Shape, node: FieldNode, parent: GraphQLNamedType | None, level: int) -> None:
        """Add one field, with what is selected below it, to the measure of its selection set."""
        shape.fields += 1
        shape.aliases += node.alias is not None
        if node.arguments:
            self._arguments(shape, node.arguments)
        name = node.name.value
        fields: Mapping[str, GraphQLField] | None = getattr(parent, "fields", None)
        field = fields.get(name) if fields is not None else None
        if field is None and fields is not None and not name.startswith("__"):
            self._unknown(node, parent)
        if node.selection_set is None:
            shape.depth = shape.depth or 1
            return
        shape.introspections += name in INTROSPECTION
        inner = self._selections(node.selection_set, get_named_type(field.type) if field else None, level + 1)
        inner.depth += 1
        inner.own, inner.lists = self._costs(node, field, inner)
        shape.add(inner)

    def _unknown(self, node: FieldNode, parent: GraphQLNamedType | None) -> None:
        """Validation tells what is wrong, and what may be meant; of a document full of it nobody needs to be told."""
        self._strangers += 1
        if self._strangers > MOST_STRANGERS:
            message = f"Cannot query field '{node.name.value}' on type '{parent}'."
            raise refusal(message, VALIDATION_FAILED, nodes=[node])

    def _arguments(self, shape: Shape, arguments: Sequence[ArgumentNode]) -> None:
        """Add what the arguments of a field hold."""
        written = 0
        pending: list[Node] = [argument.value for argument in arguments]
        while pending:
            written += 1
            match pending.pop():
                case VariableNode(name=name):
                    shape.handed += Cost(0, ((Page(0, name.value), ONE),))
                case ListValueNode(values=values):
                    pending += values
                case ObjectValueNode(fields=fields):
                    pending += [field.value for field in fields]
        self.literals += written
        if self.literals > self._limits.literals:
            message = f"The document holds more than {self._limits.literals} values; put them into variables."
            raise refusal(message, QUERY_TOO_COMPLEX)

    def _costs(self, node: FieldNode, field: GraphQLField | None, inner: Shape) -> tuple[Cost, Cost]:
        """What the field costs once, and what it costs for each thing in its parent's lists."""
        if field is None or not is_composite_type(get_named_type(field.type)):
            return inner.own, inner.lists
        pages = self._pages(node, field)
        inside = _in_all(inner.lists, [self._unpaged] if _is_list(field) else pages or [self._unpaged])
        each = ONE + inner.own + inside
        if pages:
            return (_in_all(each, pages) if _is_list(field) else each), NOTHING
        return (NOTHING, each) if _is_list(field) else (each, NOTHING)

    def _pages(self, node: FieldNode, field: GraphQLField) -> list[Page]:
        """The page sizes asked for: none where the field is not paged."""
        sizes = [field.args[name].default_value for name in PAGE_ARGUMENTS if name in field.args]
        if not sizes:
            return []
        default = next((size for size in sizes if isinstance(size, int)), self._limits.default_page)
        pages = []
        for argument in node.arguments or ():
            if argument.name.value in PAGE_ARGUMENTS:
                match argument.value:
                    case IntValueNode(value=text):
                        pages.append(Page(max(0, int(text[:12]))))
                    case VariableNode(name=variable):
                        pages.append(Page(default, variable.value))
        return pages or [Page(default)]


def _in_all(cost: Cost, pages: Sequence[Page]) -> Cost:
    return sum((cost.times(page) for page in pages), NOTHING)


def _is_list(field: GraphQLField) -> bool:
    kind = field.type.of_type if is_non_null_type(field.type) else field.type
    return is_list_type(kind)


def _too_deep(depth: int) -> Exception:
    return refusal(f"The document is nested deeper than {depth} levels.", QUERY_TOO_DEEP)
