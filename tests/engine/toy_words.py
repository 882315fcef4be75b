"""The toy schema's words for attacks."""

from drills.siege.words import Words

TOY = Words(
    root="Query",
    leaf="hello",
    said="hello(name: %s)",
    thing="book",
    kind="Book",
    into="sequel {",
    out="}",
    levels=1,
    page="books { nodes { %s } }",
    misspelt="helo#",
    misspelt_kind="BookConnectio#",
    misspelt_argument="hello(nam#: 1)",
    filtered="{ book(filter: { %s }) { id } }",
    text="title",
    listed='title: "", years: [%s]',
    wrong='"a"',
)
