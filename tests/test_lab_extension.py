"""The server extension in a real JupyterLab: what it hands on, to whom, and what it keeps to itself."""

from __future__ import annotations

import http.cookiejar
import json
import threading
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest

from kommune3.lab import running, server

pytestmark = [pytest.mark.lab, pytest.mark.timeout(200)]

SECRET = "Min-egen-tekst-som-ingen-maa-se"


@dataclass
class Heard:
    """What reached the service, and what it says next."""

    calls: list[tuple[str, str, bytes, dict[str, str]]] = field(default_factory=list)
    status: int = 200
    kind: str = "application/json"
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)


class Service(BaseHTTPRequestHandler):
    """Writes down what it is asked."""

    heard: Heard

    def __getattr__(self, name: str) -> Callable[[], None]:
        """Every method is answered alike."""
        if name.startswith("do_"):
            return self.answer
        raise AttributeError(name)

    def answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.heard.calls.append((self.command, self.path, body, headers))
        self.send_response(self.heard.status)
        self.send_header("Content-Type", self.heard.kind)
        for name, value in self.heard.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(self.heard.body)))
        self.end_headers()
        self.wfile.write(self.heard.body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def service() -> Iterator[tuple[str, Heard]]:
    """A service that writes down; its address."""
    handler = type("Handler", (Service,), {"heard": Heard()})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as listening:
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{listening.server_port}/", handler.heard
        listening.shutdown()
        thread.join()


@dataclass
class Jupyter:
    """A JupyterLab and its folders."""

    address: str
    token: str
    root: Path
    log: Path

    def ask(
        self, path: str, method: str = "GET", body: bytes | None = None, *, token: bool = True, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of an answer."""
        return ask(f"{self.address}{path}", method, body, self.token if token else "", headers)


def ask(
    url: str, method: str, body: bytes | None, token: str, headers: dict[str, str], *handlers: Any
) -> tuple[int, dict[str, str], bytes]:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    if token:
        given["Authorization"] = f"token {token}"
    request = urllib.request.Request(url, body, given, method=method)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), *handlers)
    try:
        with opener.open(request, timeout=60) as answer:
            return answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read()
    except HTTPError as error:
        with error:
            return error.code, {k.lower(): v for k, v in error.headers.items()}, error.read()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the service says that it runs, and JupyterLab looks for it."""
    return tmp_path_factory.mktemp("lab")


@pytest.fixture(scope="module")
def jupyter(data: Path) -> Iterator[Jupyter]:
    """A learner's JupyterLab that hands on to the service."""
    more = {"KOMMUNE3_DATA": str(data), "KOMMUNE3_TOKEN": "learners-own"}
    with server.started(data / "jupyter", data / "copy", 0, **more) as starting:
        lab = starting.ready()
        yield Jupyter(lab.address, lab.token, data / "copy", starting.log)
    assert lab.process.poll() is not None


@pytest.fixture
def heard(service: tuple[str, Heard], data: Path) -> Iterator[Heard]:
    """What reaches the service in this test; without it there is none."""
    service[1].__init__()  # type: ignore[misc]
    with running.announced(data, "service", address=service[0]):
        yield service[1]


def problem(answer: tuple[int, dict[str, str], bytes], status: int, kind: str) -> None:
    """Check that the answer is that problem."""
    assert answer[0] == status
    assert answer[1]["content-type"].startswith("application/problem+json")
    told = json.loads(answer[2])
    assert told["type"] == f"urn:kommune3:{kind}"
    assert told["status"] == status
    assert told["detail"]


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_a_call_is_handed_on_as_it_came(jupyter: Jupyter, heard: Heard, method: str) -> None:
    body = None if method in ("GET", "DELETE") else json.dumps({"answers": [SECRET]}).encode()
    heard.status, heard.body = 201, '{"sagt": "ja æøå"}'.encode()
    path = f"kommune3/api/v1/reflections/baenk/draft?a=1&b=%C3%A6&token={jupyter.token}&_xsrf=y"
    status, headers, answer = jupyter.ask(path, method, body, Cookie="a=b", Content_Type="application/json")
    assert (status, answer) == (201, heard.body)
    assert headers["content-type"] == "application/json"
    assert headers["cache-control"] == "no-store"
    ((told, asked, sent, with_headers),) = heard.calls
    assert told == method
    assert asked == "/api/v1/reflections/baenk/draft?a=1&b=%C3%A6"
    assert sent == (body or b"")
    assert with_headers["authorization"] == "Bearer learners-own"
    assert "cookie" not in with_headers
    assert jupyter.token not in str(with_headers)
    if body:
        assert with_headers["content-type"] == "application/json"


def test_a_refusal_is_passed_back(jupyter: Jupyter, heard: Heard) -> None:
    heard.status, heard.kind, heard.body = (
        409,
        "application/problem+json",
        b'{"type": "urn:kommune3:key-reused"}',
    )
    status, headers, body = jupyter.ask("kommune3/api/v1/attempts", "POST", b"{}")
    assert (status, headers["content-type"], body) == (409, heard.kind, heard.body)


def test_a_redirect_is_not_followed(jupyter: Jupyter, heard: Heard) -> None:
    heard.status, heard.headers = 307, {"Location": "http://127.0.0.1:9/elsewhere"}
    status, headers, _body = jupyter.ask("kommune3/api/v1/me")
    assert status == 307
    assert "location" not in headers
    assert len(heard.calls) == 1


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nobody_is_let_in_without_signing_in(jupyter: Jupyter, heard: Heard, method: str) -> None:
    status, *_ = jupyter.ask("kommune3/api/v1/me", method, b"{}" if method == "POST" else None, token=False)
    assert status == 403
    status, *_ = jupyter.ask("kommune3/api/v1/assignments/employee/notebook", "POST", b"", token=False)
    assert status == 403
    assert heard.calls == []


def test_another_site_cannot_use_the_learners_cookie(jupyter: Jupyter, heard: Heard) -> None:
    jar = http.cookiejar.CookieJar()
    cookies = urllib.request.HTTPCookieProcessor(jar)
    assert ask(f"{jupyter.address}lab?token={jupyter.token}", "GET", None, "", {}, cookies)[0] == 200
    url = f"{jupyter.address}kommune3/api/v1/attempts"
    assert ask(url, "POST", b"{}", "", {}, cookies)[0] == 403
    assert heard.calls == []
    token = next(cookie.value for cookie in jar if cookie.name == "_xsrf")
    assert ask(url, "POST", b"{}", "", {"X-XSRFToken": str(token)}, cookies)[0] == 200
    elsewhere = {"X-XSRFToken": str(token), "Origin": "http://elsewhere.example"}
    assert ask(url, "POST", b"{}", "", elsewhere, cookies)[0] == 404
    assert len(heard.calls) == 1


@pytest.mark.parametrize(
    "path",
    [
        "v2/me",
        "v1",
        "v1/",
        "v1/../hr",
        "v1/%2e%2e/%2e%2e/hr",
        "v1/./me",
        "v1//127.0.0.1:9/",
        "v1/me%0d%0aX: y",
        "v1/a%2f..%2fb",
        "v1/@127.0.0.1",
        "http://127.0.0.1:9/v1/me",
        "../hr",
    ],
)
def test_nothing_but_the_api_can_be_reached(jupyter: Jupyter, heard: Heard, path: str) -> None:
    assert jupyter.ask(f"kommune3/api/{path.replace(' ', '%20')}")[0] in (404, 405)
    assert heard.calls == []


def test_other_methods_are_refused(jupyter: Jupyter, heard: Heard) -> None:
    assert jupyter.ask("kommune3/api/v1/me", "PATCH", b"{}")[0] == 405
    assert heard.calls == []


def test_too_much_is_refused(jupyter: Jupyter, heard: Heard) -> None:
    problem(jupyter.ask("kommune3/api/v1/attempts", "POST", b"x" * 2_000_001), 413, "too-large")
    assert heard.calls == []


def handing(jupyter: Jupyter, path: str, assignment: str = "employee") -> tuple[int, dict[str, str], bytes]:
    where = f"kommune3/api/v1/assignments/{assignment}/notebook?share=true"
    return jupyter.ask(where, "POST", b"", X_Notebook_Path=path)


def test_a_saved_notebook_is_handed_in_byte_for_byte(jupyter: Jupyter, heard: Heard) -> None:
    file = jupyter.root / "Øvelser" / "1 Din egen bænk.ipynb"
    file.parent.mkdir(exist_ok=True)
    content = json.dumps({"cells": [], "tekst": f"{SECRET} æøå"}, ensure_ascii=False).encode() + b"\r\n  "
    file.write_bytes(content)
    assert handing(jupyter, "%C3%98velser/1%20Din%20egen%20b%C3%A6nk.ipynb")[0] == 200
    ((method, path, sent, headers),) = heard.calls
    assert (method, path) == ("POST", "/api/v1/assignments/employee/notebook?share=true")
    assert sent == content
    assert headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "none.ipynb",
        "../outside.ipynb",
        "%2e%2e/outside.ipynb",
        "..%5Coutside.ipynb",
        "/outside.ipynb",
        "a/../../outside.ipynb",
        ".hidden.ipynb",
        "note.txt",
        "folder.ipynb",
        "a%00.ipynb",
    ],
)
def test_only_a_notebook_in_the_learners_folder_is_handed_in(
    jupyter: Jupyter, heard: Heard, path: str
) -> None:
    for file in (
        jupyter.root.parent / "outside.ipynb",
        jupyter.root / ".hidden.ipynb",
        jupyter.root / "note.txt",
    ):
        file.write_text("{}", encoding="utf-8")
    (jupyter.root / "folder.ipynb").mkdir(exist_ok=True)
    problem(handing(jupyter, path), 404, "no-notebook")
    assert heard.calls == []


def test_a_notebook_that_is_too_large_is_not_read(jupyter: Jupyter, heard: Heard) -> None:
    (jupyter.root / "large.ipynb").write_bytes(b" " * 2_000_001)
    problem(handing(jupyter, "large.ipynb"), 413, "too-large")
    assert heard.calls == []


def test_an_assignment_has_a_plain_name(jupyter: Jupyter, heard: Heard) -> None:
    (jupyter.root / "fine.ipynb").write_text("{}", encoding="utf-8")
    assert handing(jupyter, "fine.ipynb", "..")[0] in (404, 405)
    assert heard.calls == []


def test_the_log_repeats_no_text(jupyter: Jupyter, heard: Heard) -> None:
    heard.status, heard.body = 500, SECRET.encode()
    assert jupyter.ask("kommune3/api/v1/attempts", "POST", json.dumps([SECRET]).encode())[0] == 500
    assert jupyter.ask("kommune3/api/v1/attempts", "POST", f'{{"{SECRET}'.encode())[0] == 500
    log = jupyter.log.read_text(encoding="utf-8")
    assert "kommune3.lab.extension" in log, "it is the log that we mean"
    assert SECRET not in log
    assert jupyter.token not in log
    assert "learners-own" not in log


def test_a_service_that_is_away_is_told_as_a_problem(jupyter: Jupyter, data: Path) -> None:
    problem(jupyter.ask("kommune3/api/v1/attempts", "POST", b"{}"), 503, "unreachable")
    (data / "run").mkdir(exist_ok=True)
    (data / "run" / "service.json").write_text('{"address": "http://127.0.0.1:9/"}', encoding="utf-8")
    problem(jupyter.ask("kommune3/api/v1/me"), 503, "unreachable")


def test_the_service_of_this_machine_is_found_as_soon_as_it_runs(jupyter: Jupyter, heard: Heard) -> None:
    assert jupyter.ask("kommune3/api/v1/me")[0] == 200
    assert len(heard.calls) == 1
