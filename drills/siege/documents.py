"""Documents made to cost a server much more than they cost to send, each with the code it has to be refused with."""

from collections.abc import Mapping

from drills.siege.words import Words

TOO_LARGE, TOO_COMPLEX, TOO_DEEP = "DOCUMENT_TOO_LARGE", "QUERY_TOO_COMPLEX", "QUERY_TOO_DEEP"
INVALID = "GRAPHQL_VALIDATION_FAILED"

Documents = Mapping[str, tuple[str, str]]
"""Each document and its code, by what it is."""


def documents(words: Words) -> Documents:
    """All of them, in the words of one schema."""
    return {
        **_doubled(words),
        **_repeated(words),
        **_long(words),
        **_deep(words),
        **_misspelt(words),
        **_misused(words),
        **_declared(words),
        **_about_the_schema(words),
    }


def repeated(text: str, count: int) -> str:
    """The text `count` times, with `#` standing for the number of the repetition."""
    return " ".join(text.replace("#", str(number)) for number in range(count))


def doubling(levels: int, words: Words, *, of: str) -> str:
    """Fragments that each spread the next one twice: a few bytes a level, and twice the fields."""
    chain = " ".join(f"fragment f{n} on {words.root} {{ ...f{n + 1} ...f{n + 1} }}" for n in range(levels))
    return f"{{ ...f0 }} {chain} fragment f{levels} on {words.root} {{ {of} }}"


def _doubled(words: Words) -> Documents:
    root, leaf, thing = words.root, words.leaf, words.thing
    chain = (
        f"fragment f{n} on {root} {{ a: {thing} {{ ...g{n} }} b: {thing} {{ ...g{n} }} ...f{n + 1} }}"
        for n in range(30)
    )
    inner = repeated(f"fragment g# on {words.kind} {{ {words.into} id {words.out} }}", 30)
    return {
        "fragments doubled 20 times": (doubling(20, words, of=leaf), TOO_COMPLEX),
        "fragments doubled 60 times": (doubling(60, words, of=f"{leaf} a: {leaf}"), TOO_DEEP),
        "fields doubled": (f"{{ ...f0 }} {' '.join(chain)} {inner} fragment f30 on {root} {{ {leaf} }}", TOO_COMPLEX),
    }


def _repeated(words: Words) -> Documents:
    root, kind, leaf, thing = words.root, words.kind, words.leaf, words.thing
    beside = repeated(f"fragment f# on {root} {{ a#: {leaf} }}", 95)
    twice = f"fragment f# on {root} {{ {thing} {{ ...g# h: {words.into} ...g# {words.out} }} }}"
    return {
        "one field 190 times": ("{" + f"{thing}{{id}} " * 190 + "}", TOO_COMPLEX),
        "one field in many nested lists": ("{" + f"{words.page % ('id ' * 22)} " * 65 + "}", TOO_COMPLEX),
        "one field with long arguments": ("{" + (words.said % f'"{"x" * 600}" ') * 98 + "}", TOO_COMPLEX),
        "one field as often as tokens allow": ("{" + f"{leaf} " * 1_990 + "}", TOO_COMPLEX),
        "every fragment beside every other": ("{" + repeated("...f#", 95) + "}" + beside, TOO_COMPLEX),
        "fragments beside fragments, twice": (
            "{"
            + repeated("...f#", 64)
            + "}"
            + repeated(twice, 34)
            + repeated(f"fragment g# on {kind} {{ a#: id b#: id c#: id }}", 34),
            TOO_COMPLEX,
        ),
        "650 aliases": ("{" + repeated(f"a#: {leaf}", 650) + "}", TOO_COMPLEX),
        "250 directives": ("{ " + leaf + " @skip(if: false)" * 250 + "}", TOO_COMPLEX),
        "390 operations": (repeated(f"query q# {{ {leaf} }}", 390), TOO_COMPLEX),
        "operations times fragments": (
            repeated("query q# ($a: Int) { ...f0 }", 50)
            + " ".join(f"fragment f{n} on {root} {{ ...f{n + 1} {leaf} }}" for n in range(20))
            + f"fragment f20 on {root} {{ {leaf} }}",
            TOO_COMPLEX,
        ),
        "narrowings within narrowings": (
            "{" + repeated(f"... on {root} {{ ... on {kind} {{ id }} }}", 150) + "}",
            TOO_COMPLEX,
        ),
    }


def _long(words: Words) -> Documents:
    return {
        "1,900 values": (words.filtered % words.listed % (f"{words.wrong} " * 1_900), TOO_COMPLEX),
        "640 input fields": (words.filtered % repeated("x#: 1", 640), TOO_COMPLEX),
        "30,000 tokens": ("{" + "a " * 30_000 + "}", TOO_LARGE),
        "60 kB of comments": ("#\n" * 30_000 + f"{{ {words.leaf} }}", TOO_LARGE),
        "250 kB of text": (f"{{ {words.said % (chr(34) + 'x' * 250_000 + chr(34))} }}", TOO_LARGE),
        "250 kB of text in a block": (f"{{ {words.said % (chr(34) * 3 + 'x ' * 125_000 + chr(34) * 3)} }}", TOO_LARGE),
        "a name of 60 kB": ("{ " + "x" * 60_000 + " }", INVALID),
        "a type of 60 kB": ("{ ... on " + "X" * 60_000 + " { id } }", INVALID),
        "a number of 60,000 digits": (f"{{ {words.said % ('9' * 60_000)} x }}", INVALID),
    }


def _deep(words: Words) -> Documents:
    steps = 180 // words.levels
    through = (
        f"fragment f{n} on {words.kind} {{ {words.into} ...f{n + 1} {words.out} }}" for n in range(90 // words.levels)
    )
    nested = {
        "5,000 nested lists": words.said % ("[" * 5_000 + "]" * 5_000),
        "1,200 nested lists": words.said % ("[" * 1_200 + "]" * 1_200),
        "600 nested objects": words.said % ("{a:" * 600 + "1" + "}" * 600),
        "1,100 levels of fields": "a{" * 1_100 + "b" + "}" * 1_100,
        "700 levels of inline fragments": "...{" * 700 + words.leaf + "}" * 700,
    }
    levels = f"{words.thing} {{ {words.into * steps} id {words.out * steps} }}"
    return {
        "180 levels of fields": (f"{{ {levels} }}", TOO_DEEP),
        "150 levels of inline fragments": ("{" + "...{" * 150 + words.leaf + "}" * 151, TOO_DEEP),
        "100 levels through fragments": (f"{{ {words.thing} {{ ...f0 }} }} {' '.join(through)}", TOO_DEEP),
        "1,200 nested types": (f"query ($a: {'[' * 1_200}Int{']' * 1_200}) {{ {words.leaf} }}", TOO_LARGE),
        **{name: (f"{{ {inside} }}", TOO_LARGE) for name, inside in nested.items()},
    }


def _misspelt(words: Words) -> Documents:
    found = {
        "every field unknown": "{" + repeated(words.misspelt, 1_990) + "}",
        "190 fields unknown, each to be helped with": "{" + repeated(f"a#: {words.misspelt}", 190) + "}",
        "every type unknown": "{" + repeated(f"... on {words.misspelt_kind} {{ id }}", 80) + "}",
        "every argument unknown": "{" + repeated(f"b#: {words.misspelt_argument}", 150) + "}",
        "every directive unknown": "{ " + words.leaf + " " + repeated("@ski#", 190) + "}",
        "490 variables of unknown types": f"query ({repeated(f'$v#: {words.misspelt_kind}', 490)}) {{ {words.leaf} }}",
        "480 unknown input fields": words.filtered % repeated("x#: 1", 480),
    }
    if words.misspelt_value:
        found["every value unknown"] = "{" + repeated(f"a#: {words.misspelt_value}", 170) + "}"
    return {
        **{name: (text, INVALID) for name, text in found.items()},
        "every fragment unknown": ("{" + repeated("...x#", 990) + "}", TOO_COMPLEX),
    }


def _misused(words: Words) -> Documents:
    leaf, thing = words.leaf, words.thing
    found = {
        "490 wrong list items": words.filtered % words.listed % (f"{words.wrong} " * 490),
        "one input field 490 times": words.filtered % (f'{words.text}: "a" ' * 490),
        "an object for a text": words.filtered % f"{words.text}: {{ {repeated('x#: 1', 490)} }}",
        "one argument 490 times": "{" + words.said.replace("%s", '"a"' + ' name: "a"' * 490) + "}",
        "one directive 190 times": "{ " + leaf + " @include(if: true)" * 190 + "}",
        "selections of what has none": "{" + repeated(f"a#: {leaf} {{ x }}", 190) + "}",
        "objects without selections": "{" + repeated(f"a#: {thing}", 190) + "}",
        "one name for 60 things": "{" + repeated(f"a: {words.said.replace('%s', chr(34) + '#' + chr(34))}", 60) + "}",
    }
    if words.streams:
        found["150 subscriptions in one"] = "subscription {" + repeated(f"a#: {words.streams}", 150) + "}"
    return {name: (text, INVALID) for name, text in found.items()}


def _declared(words: Words) -> Documents:
    leaf = words.leaf
    found = {
        "490 unused variables": f"query ({repeated('$v#: Int', 490)}) {{ {leaf} }}",
        "one variable 490 times": f"query ({'$v: Int ' * 490}) {{ {leaf} }}",
        "150 variables nobody declared": "{" + repeated(f"a#: {words.said.replace('%s', '$v#')}", 150) + "}",
        "98 unused fragments": f"{{ {leaf} }}" + repeated(f"fragment f# on {words.root} {{ {leaf} }}", 98),
        "80 unused fragments of five fields": f"{{ {leaf} }}"
        + repeated(f"fragment f# on {words.root} {{ {repeated(f'a#: {leaf}', 5)} }}", 80).replace("#", "0"),
        "a fragment within itself": f"{{ ...a }} fragment a on {words.root} {{ ...b }} "
        f"fragment b on {words.root} {{ ...a }}",
        "types instead of operations": repeated("type T# { a: Int }", 90),
    }
    return {name: (text, INVALID) for name, text in found.items()}


def _about_the_schema(_words: Words) -> Documents:
    within = "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }"
    return {
        "the schema 100 times": ("{" + repeated("a#: __schema { types { name } }", 100) + "}", TOO_COMPLEX),
        "the schema within itself": (within, INVALID),
        "the types that a type may be, within themselves": (
            "{ __schema { types { possibleTypes { fields { type { possibleTypes { name } } } } } } }",
            INVALID,
        ),
    }
