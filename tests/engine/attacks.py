"""Documents made to cost a server much more than they cost to send, each with the code it has to be refused with."""

TOO_LARGE, TOO_COMPLEX, TOO_DEEP = "DOCUMENT_TOO_LARGE", "QUERY_TOO_COMPLEX", "QUERY_TOO_DEEP"
INVALID = "GRAPHQL_VALIDATION_FAILED"


def repeated(text: str, count: int) -> str:
    """The text `count` times, with `#` standing for the number of the repetition."""
    return " ".join(text.replace("#", str(number)) for number in range(count))


def doubling(levels: int, *, of: str = "hello") -> str:
    """Fragments that each spread the next one twice: a few bytes a level, and twice the fields."""
    chain = " ".join(f"fragment f{n} on Query {{ ...f{n + 1} ...f{n + 1} }}" for n in range(levels))
    return f"{{ ...f0 }} {chain} fragment f{levels} on Query {{ {of} }}"


DOUBLING_FIELDS = (
    "{ ...f0 }"
    + " ".join(
        f"fragment f{n} on Query {{ a: book {{ ...g{n} }} b: book {{ ...g{n} }} ...f{n + 1} }}" for n in range(40)
    )
    + repeated("fragment g# on Book { sequel { id } }", 40)
    + "fragment f40 on Query { hello }"
)

ATTACKS: dict[str, tuple[str, str]] = {
    "fragments doubled 20 times": (doubling(20), TOO_COMPLEX),
    "fragments doubled 60 times": (doubling(60, of="hello a: hello"), TOO_DEEP),
    "fields doubled": (DOUBLING_FIELDS, TOO_COMPLEX),
    "one field 280 times in 2.5 kB": ("{" + "book{id} " * 280 + "}", TOO_COMPLEX),
    "one field as often as tokens allow": ("{" + "book { id title } " * 480 + "}", TOO_COMPLEX),
    "one field in many nested lists": ("{" + ("books{nodes{" + "id " * 22 + "}} ") * 80 + "}", TOO_COMPLEX),
    "one field with long arguments": ("{" + f'hello(name: "{"x" * 600}") ' * 98 + "}", TOO_COMPLEX),
    "every fragment beside every other": (
        "{" + repeated("...f#", 95) + "}" + repeated("fragment f# on Query { a#: hello }", 95),
        TOO_COMPLEX,
    ),
    "fragments beside fragments, twice": (
        "{"
        + repeated("...f#", 64)
        + "}"
        + repeated("fragment f# on Query { book { ...g# h: sequel { ...g# } } }", 46)
        + repeated("fragment g# on Book { a#: id b#: id c#: id }", 46),
        TOO_COMPLEX,
    ),
    "820 aliases": ("{" + repeated("a#: hello", 820) + "}", TOO_COMPLEX),
    "30,000 tokens": ("{" + "a " * 30_000 + "}", TOO_LARGE),
    "60 kB of comments": ("#\n" * 30_000 + "{ hello }", TOO_LARGE),
    "250 kB of text": (f'{{ hello(name: "{"x" * 250_000}") }}', TOO_LARGE),
    "180 levels of fields": ("{ book " + "{ sequel " * 180 + "{ id }" + "}" * 181, TOO_DEEP),
    "150 levels of inline fragments": ("{" + "...{" * 150 + "hello" + "}" * 151, TOO_DEEP),
    "100 levels through fragments": (
        "{ book { ...f0 } }" + " ".join(f"fragment f{n} on Book {{ sequel {{ ...f{n + 1} }} }}" for n in range(90)),
        TOO_DEEP,
    ),
    "5,000 nested lists": ("{ hello(name: " + "[" * 5_000 + "]" * 5_000 + ") }", TOO_LARGE),
    "every field unknown": ("{" + repeated("helo#", 1_990) + "}", INVALID),
    "every fragment unknown": ("{" + repeated("...x#", 1_240) + "}", TOO_COMPLEX),
    "every type unknown": ("{" + repeated("... on BookConnectio# { id }", 80) + "}", INVALID),
    "every argument unknown": ("{" + repeated("b#: hello(nam#: 1)", 190) + "}", INVALID),
    "820 unknown input fields": ("{ book(filter: {" + repeated("x#: 1", 820) + "}) { id } }", INVALID),
    "2,400 wrong list items": ('{ book(filter: {title: "", years: [' + '"a" ' * 2_400 + "]}) { id } }", INVALID),
    "one argument 820 times": ("{ hello(" + 'name: "a" ' * 820 + ") }", INVALID),
    "one input field 800 times": ("{ book(filter: {" + 'title: "a" ' * 800 + "}) { id } }", INVALID),
    "350 directives": ("{ hello " + "@skip(if: false) " * 350 + "}", TOO_COMPLEX),
    "one directive 190 times": ("{ hello " + "@include(if: true) " * 190 + "}", INVALID),
    "490 unused variables": ("query (" + repeated("$v#: Int", 490) + ") { hello }", INVALID),
    "490 variables of unknown types": ("query (" + repeated("$v#: Strin#", 490) + ") { hello }", INVALID),
    "one variable 490 times": ("query (" + "$v: Int " * 490 + ") { hello }", INVALID),
    "98 unused fragments": ("{ hello }" + repeated("fragment f# on Query { hello }", 98), INVALID),
    "400 operations": (repeated("query q# { hello }", 400), TOO_COMPLEX),
    "operations times fragments": (
        repeated("query q# ($a: Int) { ...f0 }", 50)
        + " ".join(f"fragment f{n} on Query {{ ...f{n + 1} hello }}" for n in range(20))
        + "fragment f20 on Query { hello }",
        TOO_COMPLEX,
    ),
    "a fragment within itself": ("{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }", INVALID),
    "the schema 100 times": ("{" + repeated("a#: __schema { types { name } }", 100) + "}", TOO_COMPLEX),
    "the schema within itself": (
        "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }",
        INVALID,
    ),
    "types instead of operations": (repeated("type T# { a: Int }", 90), INVALID),
}
