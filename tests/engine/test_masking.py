"""Which errors a client reads."""

import logging

import httpx
import pytest

from engine import Engine
from tests.engine.asking import asked, client_of, code_of
from tests.engine.toy import schema


async def test_a_bug_is_masked_and_logged_under_its_reference(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    """Errors were once told unmasked: a client read the database's address."""
    answer = await asked(client, "{ bug hello }")

    (error,) = answer["errors"]
    assert answer["data"] == {"bug": None, "hello": "Hello, world!"}
    assert (error["message"], error["path"], error["extensions"]["code"]) == (
        "Internal error",
        ["bug"],
        "INTERNAL_ERROR",
    )
    (record,) = caplog.records
    assert error["extensions"]["reference"] in record.getMessage()
    assert record.exc_info is not None
    assert "hunter2" in str(record.exc_info[1])


async def test_a_value_that_does_not_fit_its_own_type_is_a_bug_too(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await asked(client, "{ misfit }")

    assert code_of(answer) == "INTERNAL_ERROR"
    assert "hunter2" not in str(answer)
    assert len(caplog.records) == 1


async def test_an_error_with_a_code_of_its_own_is_told(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await asked(client, "{ refused }")

    assert answer["errors"][0]["message"] == "Not for you."
    assert answer["errors"][0]["extensions"] == {"code": "FORBIDDEN"}
    assert caplog.records == []


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ helo }", "GRAPHQL_VALIDATION_FAILED"),
        ("query ($n: Int!) { read(rows: $n) }", "BAD_USER_INPUT"),
    ],
)
async def test_syntax_and_validation_errors_are_told_as_they_are(
    client: httpx.AsyncClient, query: str, code: str
) -> None:
    """Masking everything hid these from the developers who needed them."""
    answer = await asked(client, query)

    assert code_of(answer) == code
    assert answer["errors"][0]["message"] != "Internal error"
    assert answer["errors"][0]["locations"]


async def test_a_broken_field_of_a_long_list_does_not_fill_the_log(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    query = "{" + " ".join(f"b{n}: bug" for n in range(50)) + "}"
    answer = await asked(client, query)

    assert len(answer["errors"]) == 50
    assert len(caplog.records) == 3


async def test_the_application_s_own_logger_is_used(caplog: pytest.LogCaptureFixture) -> None:
    async with client_of(Engine(schema, logger=logging.getLogger("shop.graphql"))) as client:
        await asked(client, "{ bug }")

    assert [record.name for record in caplog.records] == ["shop.graphql"]


async def test_names_are_suggested_only_where_the_schema_is_public() -> None:
    async with client_of(Engine(schema)) as public, client_of(Engine(schema, introspection=False)) as private:
        helpful, silent = await asked(public, "{ helo }"), await asked(private, "{ helo }")
        unknown = await asked(private, "query ($f: Filter) { book(filter: $f) { id } }", variables={"f": {"titel": ""}})

    assert "Did you mean 'hello'?" in helpful["errors"][0]["message"]
    assert "Did you mean" not in str(silent) + str(unknown)


async def test_introspection_can_be_off() -> None:
    async with client_of(Engine(schema, introspection=False)) as client:
        assert code_of(await asked(client, "{ __schema { types { name } } }")) == "GRAPHQL_VALIDATION_FAILED"
        assert code_of(await asked(client, '{ __type(name: "Book") { name } }')) == "GRAPHQL_VALIDATION_FAILED"
        assert await asked(client, "{ __typename }") == {"data": {"__typename": "Query"}}
