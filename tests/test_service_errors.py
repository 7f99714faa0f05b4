"""What goes wrong below the service: a full disk, a register that is busy or gone."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.testclient import TestClient

from kommune3.content import Course
from kommune3.engine.scenario import ImpossiblePath
from kommune3.register import errors
from kommune3.service.errors import refused
from serving import ANNA, HANNE, attempt, problem


def limit_pages(app: FastAPI, pages: int) -> int:
    """Let the register's file grow to this many pages and no further; returns how many it has."""
    with app.state.services.register._writer.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute(f"PRAGMA max_page_count={pages}")
        used: int = driver.execute("PRAGMA page_count").fetchone()[0]
        return used


def test_a_full_disk_stores_nothing_half_and_loses_nothing(
    app: FastAPI, client: TestClient, mini_course: Course
) -> None:
    limit_pages(app, limit_pages(app, 1_000_000))
    stored: list[str] = []
    for _ in range(5000):
        sent = attempt(mini_course, "opkaldet", ["sporg"])
        answer = client.post("/api/v1/attempts", json=sent, headers=ANNA)
        if answer.status_code != 201:
            break
        stored.append(sent["key"])
    told = problem(answer, 503, "not-stored")
    assert answer.headers["retry-after"] == "5"
    assert "sqlite" not in told["detail"]
    assert client.get("/healthz").status_code == 200
    assert client.get("/modules/employee-01", headers=ANNA).status_code == 200
    assert client.post("/hr/samples", data={"action": "add"}, headers=HANNE).status_code == 503

    limit_pages(app, 1_000_000)
    again = client.post("/api/v1/attempts", json=sent, headers=ANNA)
    assert again.status_code == 201
    held = {row["key"] for row in attempts_of(app, "anna")}
    assert held == {*stored, sent["key"]}


def attempts_of(app: FastAPI, person: str) -> list[dict[str, Any]]:
    from kommune3.register import people

    found: list[dict[str, Any]] = people.export(app.state.services.register, person)["attempts"]
    return found


def test_a_register_that_is_gone_is_not_healthy(app: FastAPI, client: TestClient) -> None:
    def gone() -> None:
        raise errors.RegisterError("/secret/path is gone")

    app.state.services.register.read = gone
    told = problem(client.get("/healthz"), 503, "not-stored")
    assert "/secret/path" not in told["detail"]


def test_a_register_with_no_connection_free_asks_to_try_again(app: FastAPI, client: TestClient) -> None:
    reader = app.state.services.register._reader
    pool = reader.pool
    pool._timeout = 0.01
    held = [reader.connect() for _ in range(pool.size() + pool._max_overflow)]
    answer = client.get("/api/v1/me", headers=ANNA)
    problem(answer, 503, "not-stored")
    assert answer.headers["retry-after"] == "5"
    for connection in held:
        connection.close()
    assert client.get("/api/v1/me", headers=ANNA).status_code == 200


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.RegisterFull("x"), 503),
        (errors.RegisterError("x"), 503),
        (OperationalError("select", {}, sqlite3.OperationalError("locked")), 503),
        (errors.VersionChanged("x"), 409),
        (errors.KeyReused("x"), 409),
        (errors.RosterStale("x"), 409),
        (errors.UnknownActivity("x"), 404),
        (errors.UnknownPerson("x"), 403),
        (errors.InvalidAttempt("x"), 422),
        (errors.InvalidPerson("x"), 422),
        (ImpossiblePath(2, "x", "y"), 422),
        (RequestValidationError([{"type": "missing", "loc": ("body", "key")}]), 422),
        (RequestValidationError([{"type": "json_invalid", "loc": ("body", 1)}]), 400),
        (HTTPException(405, headers={"Allow": "GET"}), 405),
        (ValueError("x"), 500),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_each_error_has_its_status(error: Exception, status: int) -> None:
    told = refused(error)
    assert told.status_code == status
    assert told.title
