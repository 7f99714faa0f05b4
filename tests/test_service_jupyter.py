"""From a page into JupyterLab: who is let in, and what is shown while it is installed, starts, or fails."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from kommune3.lab import running, set_up, trainer
from kommune3.register import cohorts
from kommune3.service.app import build, open_services
from kommune3.service.labs import LEARNER, Labs
from kommune3.service.settings import Settings
from serving import ANNA, BASE, HANNE, Factory, by_header, login

TROELS = login("troels", "trainer")
BO_TRAINS = login("bo", "trainer")
NOTEBOOK = "/modules/employee-01/notebook"


class Local:
    """A service on this machine, and the file in which its set-up tells how far it is."""

    def __init__(self, settings: Settings, told: Path) -> None:
        self.told, self.labs = told, Labs(settings, {set_up.VARIABLE: str(told)})
        services = replace(open_services(settings), labs=self.labs)
        services.site.jupyter = True
        self.app: FastAPI = build(services, by_header)
        self.register, self.data = services.register, settings.data_dir
        self.client = TestClient(self.app, base_url=BASE, follow_redirects=False)

    def tell(self, state: str, done: int = 0, total: int = 0) -> None:
        """What the set-up writes."""
        self.told.write_text(json.dumps({"state": state, "done": done, "total": total}), encoding="utf-8")


@pytest.fixture
def local(make_app: Factory, settings: Settings, tmp_path: Path) -> Iterator[Local]:
    make_app()  # whose register has people
    made = Local(settings, tmp_path / "told.json")
    made.tell("done")
    yield made
    made.labs.stop()
    made.register.close()


def cohort(local: Local) -> str:
    """The path of a cohort that Troels trains."""
    made = cohorts.make(local.register, "Hold A", ["anna"], ["troels"], "troels", made_from="list")
    return f"/trainer/cohorts/{made.id}/formgrader"


def test_a_server_without_jupyterlab_has_neither_link_nor_address(client: TestClient) -> None:
    assert client.get(NOTEBOOK, headers=ANNA).status_code == 404
    assert NOTEBOOK not in client.get("/modules/employee-01", headers=ANNA).text


def test_a_module_page_links_to_the_notebook(local: Local) -> None:
    assert f'href="{NOTEBOOK}"' in local.client.get("/modules/employee-01", headers=ANNA).text


def test_while_it_is_installed_the_page_says_how_far_and_asks_again(local: Local) -> None:
    local.tell("installing", 30, 120)
    answer = local.client.get(NOTEBOOK, headers=ANNA)
    assert answer.status_code == 200
    assert (
        f'<noscript><meta http-equiv="refresh" content="2; url={NOTEBOOK}?wait=true"></noscript>'
        in answer.text
    )
    assert f'data-ask="{NOTEBOOK}?wait=true"' in answer.text
    assert "25 procent er klar" in answer.text
    assert '<progress class="k3-progress" id="far" value="30" max="120">' in answer.text


def test_a_set_up_that_failed_is_told_and_can_be_tried_again(local: Local) -> None:
    local.tell("failed")
    answer = local.client.get(NOTEBOOK, headers=ANNA)
    assert answer.status_code == 503
    assert "wait=true" not in answer.text
    assert "kunne ikke installeres" in answer.text
    assert f'href="{NOTEBOOK}?again=true"' in answer.text


def test_what_runs_is_gone_to_with_its_token_which_nobody_keeps(local: Local) -> None:
    there = {"address": "http://127.0.0.1:1/", "token": "abc"}
    with running.announced(local.data, LEARNER, **there):
        answer = local.client.get(NOTEBOOK, headers=ANNA)
    assert answer.status_code == 303
    assert answer.headers["location"] == "http://127.0.0.1:1/lab?token=abc"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_a_trainer_goes_to_the_formgrader_of_the_cohort(local: Local) -> None:
    path = cohort(local)
    with running.announced(local.data, trainer.NAME, address="http://127.0.0.1:2/", token="abc"):
        answer = local.client.get(path, headers=TROELS)
    assert answer.headers["location"] == f"http://127.0.0.1:2{path.removeprefix('/trainer')}/?token=abc"


def test_nobody_else_learns_the_address(local: Local) -> None:
    path = cohort(local)
    with running.announced(local.data, trainer.NAME, address="http://127.0.0.1:2/", token="abc"):
        assert local.client.get(path, headers=BO_TRAINS).status_code == 404, "not their cohort"
        assert local.client.get(path, headers=ANNA).status_code == 403
        assert local.client.get(path, headers=HANNE).status_code == 403
        assert local.client.get(path).status_code == 401


def test_an_unknown_module_is_not_found(local: Local) -> None:
    assert local.client.get("/modules/findes-ikke/notebook", headers=ANNA).status_code == 404


def test_a_jupyterlab_that_cannot_start_says_why(local: Local) -> None:
    local.labs.environment |= {**os.environ, "KOMMUNE3_ROOT_PATH": "no-slash"}
    assert local.client.get(NOTEBOOK, headers=ANNA).status_code == 200
    for _ in range(300):
        answer = local.client.get(NOTEBOOK, headers=ANNA)
        if answer.status_code == 503:
            break
        time.sleep(0.2)
    assert answer.status_code == 503
    assert "JupyterLab kunne ikke åbnes" in answer.text
    assert "no-slash" in answer.text
    assert local.client.get(f"{NOTEBOOK}?again=true", headers=ANNA).status_code == 200, "it is tried again"
