"""`serve` brings a shop up from nothing, answers those who watch it, and goes down in time."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
from httpx_ws import aconnect_ws

from drills.ground.databases import fresh_database
from drills.ground.postgres import free_port
from tests.conftest import SERVER
from tests.running import ROOT, RunningShop, clean_environment, command, eventually, running_shop

NAME = "{ shop { name } }"
STOPPED = {0, -signal.SIGTERM}


@pytest.fixture(scope="module")
def shop(template_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningShop]:
    """A shop for the tests that only look at it."""
    folder = tmp_path_factory.mktemp("serving")
    closed = {"SHOPWRIGHT_METRICS_TOKEN": "a token", "SHOPWRIGHT_EXPLORER": "no"}
    with (
        fresh_database(SERVER, folder, like=template_database) as url,
        running_shop(url, folder, "--no-demo", **closed) as running,
    ):
        yield running


def test_a_shop_comes_up_from_an_empty_database_and_comes_up_again(another_database: str, tmp_path: Path) -> None:
    for _ in range(2):
        with running_shop(another_database, tmp_path, "--no-demo") as shop:
            assert shop.ask(NAME) == {"data": {"shop": {"name": "My shop"}}}
            assert f"{shop.address}/admin/graphql" in shop.log
            assert shop.stop() in STOPPED
            assert "Traceback" not in shop.log


@pytest.mark.once
def test_the_application_works_under_any_server(tmp_path: Path) -> None:
    port = free_port()
    with subprocess.Popen(
        [sys.executable, "-m", "uvicorn", "server:app", "--port", str(port)],
        cwd=ROOT,
        env=clean_environment(tmp_path, SHOPWRIGHT_DEMO="no"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        assert server.stdout is not None
        assert any("background work" in line for line in server.stdout)
        transport = httpx.HTTPTransport(retries=20)
        with httpx.Client(transport=transport, base_url=f"http://127.0.0.1:{port}") as client:
            assert client.post("/graphql", json={"query": NAME}).json() == {"data": {"shop": {"name": "My shop"}}}
        server.terminate()


async def test_a_server_stops_in_time_though_sockets_are_open(shop_database: str, tmp_path: Path) -> None:
    with running_shop(shop_database, tmp_path, "--no-demo") as shop:
        async with httpx.AsyncClient() as client:
            opening: Any = aconnect_ws(shop.url("/graphql"), client, subprotocols=["graphql-transport-ws"])
            async with opening as socket:
                await socket.send_json({"type": "connection_init"})
                assert (await socket.receive_json())["type"] == "connection_ack"
                shop.process.send_signal(signal.SIGTERM)
                with pytest.raises(Exception, match=r"1001|1012|closed"):
                    await socket.receive_json(timeout=10)
        assert shop.process.wait(10) in STOPPED


@pytest.mark.postgres
async def test_figures_of_all_workers_are_added_up_and_a_killed_worker_is_replaced(
    shop_database: str, tmp_path: Path
) -> None:
    with running_shop(shop_database, tmp_path, "--no-demo", "--workers", "2", SHOPWRIGHT_ANSWER_CACHE="off") as shop:
        for _ in range(40):
            assert shop.ask(NAME)["data"]
        counted = re.search(r'operations_total\{kind="query",outcome="ok".*\} (\d+)', shop.get("/metrics").text)
        assert counted is not None
        assert int(counted[1]) == 40

        workers = children_of(shop.process.pid)
        os.kill(workers[0], signal.SIGKILL)
        await eventually(lambda: len(set(children_of(shop.process.pid)) - set(workers)) == 1)
        assert shop.ask(NAME)["data"]
        assert shop.stop() == 0


@pytest.mark.postgres
async def test_workers_end_with_the_process_that_started_them(shop_database: str, tmp_path: Path) -> None:
    with running_shop(shop_database, tmp_path, "--no-demo", "--workers", "2") as shop:
        workers = children_of(shop.process.pid)
        shop.process.kill()

        await eventually(lambda: not any(psutil.pid_exists(worker) for worker in workers))

    assert len(workers) == 2


def test_health_tells_what_is_well(shop: RunningShop) -> None:
    assert shop.get("/health/live").text == "ok"
    assert shop.get("/health/ready").json() == {"database": "ok", "migrations": "ok", "feed": "ok", "door": "ok"}


def test_figures_are_given_to_who_has_the_token(shop: RunningShop) -> None:
    assert shop.get("/metrics").status_code == 401
    told = shop.get("/metrics", headers={"Authorization": "Bearer a token"})

    assert 'shopwright_requests_total{method="GET",route="/metrics",status="401"} 1.0' in told.text
    assert "shopwright_database_statement_seconds_count" in told.text


def test_logs_carry_the_request_s_id_and_never_an_address(shop: RunningShop) -> None:
    answer = shop.get("/media/shop/secret.png?key=secret", headers={"X-Request-Id": "from-the-proxy"})
    assert answer.headers["x-request-id"] == "from-the-proxy"
    assert shop.get("/secret/path", headers={"X-Request-Id": "<secret>"}).status_code == 404

    assert '"route":"/media/{path:path}","status":404' in shop.log
    assert '"request":"from-the-proxy"' in shop.log
    assert "secret" not in shop.log


def test_answers_may_be_read_by_a_storefront_of_any_origin(shop: RunningShop) -> None:
    asked = {"Origin": "https://store.example", "Access-Control-Request-Method": "POST"}
    wished = {"Access-Control-Request-Headers": "content-type,x-shopify-storefront-access-token"}
    preflight = httpx.options(shop.url("/api/2026-07/graphql.json"), headers={**asked, **wished})

    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == "*"
    assert "x-shopify-storefront-access-token" in preflight.headers["access-control-allow-headers"]


def test_the_explorer_and_introspection_can_be_turned_off(shop: RunningShop) -> None:
    assert shop.get("/").status_code == 404
    assert "errors" in shop.ask("{ __schema { queryType { name } } }")
    assert "Explorer" not in shop.log


def test_a_database_is_migrated_by_its_own_command_too(another_database: str, tmp_path: Path) -> None:
    first = command("migrate", folder=tmp_path, SHOPWRIGHT_DATABASE_URL=another_database)
    again = command("migrate", folder=tmp_path, SHOPWRIGHT_DATABASE_URL=another_database)

    assert (first.returncode, again.returncode) == (0, 0)
    assert first.stdout.startswith("  0001_")
    assert again.stdout == "Nothing to migrate.\n"


def children_of(pid: int) -> list[int]:
    """The worker processes of a server."""
    alive = [child for child in psutil.Process(pid).children() if child.status() != psutil.STATUS_ZOMBIE]
    return [child.pid for child in alive if "resource_tracker" not in " ".join(child.cmdline())]
