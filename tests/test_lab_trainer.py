"""A trainer's JupyterLab: own cohorts alone, nothing that runs, and a learner's text that stays a text."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kommune3.lab import formgrader_front, running, set_up, settings, trainer
from kommune3.lab import formgrader_safety as safety
from kommune3.lab.formgrader_cohorts import OwnCohorts
from kommune3.lab.formgrader_files import CohortFiles
from kommune3.register import Person, Register, cohorts, open_register, people
from registering import lay

EVIL = (
    "<script>evil()</script>",
    "<img src=x onerror=evil()>",
    "<svg onload=evil()></svg>",
    '<a href="javascript:evil()">x</a>',
    "[x](javascript:evil())",
    "<b onclick='evil()'>x</b>",
    "<iframe srcdoc='<script>evil()</script>'></iframe>",
    "<math><mtext><style><img src=x onerror=evil()></style></mtext></math>",
    "<form action=//example.org><button>x</button></form>",
    "![x](javascript:evil())",
    "<object data='javascript:evil()'></object>",
)


@dataclass
class Town:
    """A register with two trainers and a cohort each, and the cohorts' folders."""

    register: Register
    home: Path
    own: str
    other: str


@pytest.fixture
def town(tmp_path: Path, blank: Path) -> Iterator[Town]:
    lay(blank, tmp_path)
    register = open_register(tmp_path)
    folk = [Person(name, name.title(), role="employee") for name in ("anna", "bo", "troels", "tove")]
    with register.write() as session:
        people.add(session, folk, "roster")
    own = cohorts.make(register, "Hold A", ["anna"], ["troels"], "troels", made_from="list").id
    other = cohorts.make(register, "Hold B", ["bo"], ["tove"], "tove", made_from="list").id
    home = tmp_path / "nbgrader"
    for name in (own, other):
        (home / name / "release").mkdir(parents=True)
        (home / name / "gradebook.db").write_bytes(b"")
        (home / name / "release" / "a.txt").write_text("øvelse", encoding="utf-8")
    yield Town(register, home, own, other)
    register.close()


@pytest.fixture
def files(town: Town) -> CohortFiles:
    made = CohortFiles(root_dir=str(town.home))
    vars(made)["cohorts"] = OwnCohorts(town.register, town.home, "troels")
    return made


@pytest.mark.parametrize("text", EVIL)
def test_what_a_learner_writes_shows_as_text(text: str) -> None:
    from bs4 import BeautifulSoup
    from nbconvert.filters import markdown2html

    page = BeautifulSoup(safety.cleaned(markdown2html(f"Mit svar {text} slut")), "html.parser")
    assert page.get_text().startswith("Mit svar")
    assert {tag.name for tag in page.find_all()} <= safety.TAGS
    kept = {(name, str(value)) for tag in page.find_all() for name, value in tag.attrs.items()}
    assert not [pair for pair in kept if pair[0].startswith("on") or "javascript" in pair[1]]


def test_ordinary_markdown_stays() -> None:
    assert "data-leave" not in safety.cleaned('<a data-leave href="https://example.org">x</a>'), (
        "our own mark"
    )
    html = '<h4>Hvad</h4><p>Et <strong>godt</strong> <a href="https://example.org">svar</a></p>'
    assert safety.cleaned(html) == html


def test_only_scripts_that_stand_in_a_template_are_marked(tmp_path: Path) -> None:
    (tmp_path / "page.tpl").write_text(
        "<script src=a></script>{{ name }}<script>b</script>", encoding="utf-8"
    )
    made = safety.page_environment(tmp_path)
    nonce = safety.new_nonce()
    html = made.get_template("page.tpl").render(name="<script>evil()</script>")
    assert html.count(f'nonce="{nonce}"') == 2
    assert "&lt;script&gt;evil()" in html
    assert safety.new_nonce() != nonce, "the next answer has another"


def test_the_policy_names_nobody_else(tmp_path: Path) -> None:
    (tmp_path / "page.tpl").write_text('<b onclick="show()">x</b>', encoding="utf-8")
    policy = safety.policy("abc", tmp_path)
    assert "http" not in policy
    assert "'unsafe-eval'" not in policy
    assert "script-src 'nonce-abc';" in policy
    assert policy.count("'sha256-") == 1


def test_a_trainer_sees_own_cohorts_alone(town: Town) -> None:
    own = OwnCohorts(town.register, town.home, "troels")
    assert own.titles() == {town.own: "Hold A"}
    assert own.owns(town.own)
    assert not own.owns(town.other)
    assert not own.owns("../x")


def test_the_way_back_to_the_course_is_there_while_it_runs(town: Town, tmp_path: Path) -> None:
    own = OwnCohorts(town.register, town.home, "troels")
    assert own.page(town.own) == ""
    for address, page in (
        ("http://127.0.0.1:81/kursus/", f"http://127.0.0.1:81/kursus/trainer/cohorts/{town.own}"),
        ("https://example.org/", ""),
    ):
        with running.announced(tmp_path, "service", address=address):
            assert own.page(town.own) == page
            assert own.page() == page.partition("/cohorts")[0]


def test_a_cohort_is_there_as_long_as_it_is_one_s_own(town: Town) -> None:
    own = OwnCohorts(town.register, town.home, "troels")
    cohorts.remove(town.register, town.other, "tove")
    made = cohorts.make(town.register, "Hold C", ["bo"], ["troels"], "troels", made_from="list")
    assert own.owns(made.id)
    cohorts.add_trainer(town.register, made.id, "tove", "troels")
    cohorts.drop_trainer(town.register, made.id, "troels", "tove")
    assert not own.owns(made.id), "a trainer who is taken out reads no more"


def test_the_file_list_holds_own_cohorts_to_read(files: CohortFiles, town: Town) -> None:
    listed = asyncio.run(files.get(""))
    assert [entry["name"] for entry in listed["content"]] == [town.own]
    inside = asyncio.run(files.get(town.own))
    assert [entry["name"] for entry in inside["content"]] == ["release"], "formgrader alone has the gradebook"
    read = asyncio.run(files.get(f"{town.own}/release/a.txt"))
    assert (read["content"], read["writable"]) == ("øvelse", False)


@pytest.mark.parametrize("path", ["{other}", "{other}/release/a.txt", "{own}/../{other}/release/a.txt"])
def test_other_peoples_files_are_not_there(files: CohortFiles, town: Town, path: str) -> None:
    from tornado.web import HTTPError

    with pytest.raises(HTTPError) as refused:
        asyncio.run(files.get(path.format(own=town.own, other=town.other)))
    assert refused.value.status_code == 404


def test_no_file_is_written_moved_or_taken_away(files: CohortFiles, town: Town) -> None:
    from tornado.web import HTTPError

    path = f"{town.own}/release/a.txt"
    model = {"type": "file", "format": "text", "content": "x"}
    for attempt in (
        files.save(model, path),
        files.delete_file(path),
        files.rename_file(path, f"{town.own}/b.txt"),
        files.copy(path),
        files.new_untitled(town.own, type="notebook"),
    ):
        with pytest.raises(HTTPError) as refused:
            asyncio.run(attempt)
        assert refused.value.status_code == 403
    assert [file.name for file in (town.home / town.own / "release").iterdir()] == ["a.txt"]


def test_settings_let_nothing_run(tmp_path: Path) -> None:
    made = trainer.server(tmp_path, None)
    assert made["KernelSpecManager"] == {"allowed_kernelspecs": ["none"], "ensure_native_kernel": False}
    server = made["ServerApp"]
    assert (server["terminals_enabled"], server["ip"]) == (False, "127.0.0.1")
    loaded = [name for name, on in server["jpserver_extensions"].items() if on]
    assert sorted(loaded) == ["jupyterlab", "kommune3.lab.formgrader"]
    settings.prepare(tmp_path / "home", made, trainer.LOOKS)
    written = json.loads((tmp_path / "home/config/labconfig/page_config.json").read_text(encoding="utf-8"))
    assert "@jupyter/nbgrader:assignment-list" in written["disabledExtensions"]
    assert "@jupyter/nbgrader:formgrader" not in written["disabledExtensions"]


def test_formgrader_keeps_to_a_cohort_and_leaves_the_exchange_out() -> None:
    from kommune3.lab import formgrader

    found = formgrader.routes()
    assert all(path.startswith(f"/cohorts/(?:{formgrader.COHORT})/formgrader") for path, *_rest in found)
    names = {rest[0].__name__ for _path, *rest in found}
    assert {"SubmissionHandler", "GradeHandler", "CommentHandler", "AutogradeHandler"} <= names
    assert not names & {"CollectHandler", "ReleaseHandler", "SubmissionFilesHandler", "AssignHandler"}


def test_each_page_has_landmarks_one_heading_and_lists_that_are_lists() -> None:
    from bs4 import BeautifulSoup

    from kommune3.lab import formgrader

    environment = safety.page_environment(formgrader.TEMPLATES)
    names = {file.name for file in formgrader.TEMPLATES.glob("*.tpl")} - {"base.tpl", "formgrade_404.tpl"}
    assert len(names) == 12
    for name in sorted(names):
        told = {"base_url": "/a", "cohort": "Hold <b>A</b>", "course_id": "a", "error_code": 500}
        page = BeautifulSoup(environment.get_template(name).render(told), "html.parser")
        found = [len(page.select(css)) for css in ("html[lang=da]", "main", "h1", "nav > ul", "li[role]")]
        assert found == [1, 1, 1, 1, 0], name
        assert " – Hold <b>A</b> – Formgrader" in page.get_text()
        assert not {"encountered", "authorized"} & set(page.get_text().split()), name


def test_a_table_in_an_answer_scrolls_by_itself() -> None:
    html = safety.in_regions("<table class=x><tr><td>a</td></tr></table>")
    assert html.startswith(
        '<div class="k3-wide" role="region" tabindex="0" aria-label="Tabel"><table class=x>'
    )
    assert html.endswith("</table></div>")


def test_the_front_page_offers_each_cohort_and_escapes_its_title() -> None:
    page = formgrader_front.page(
        [("/cohorts/a/formgrader/", "Hold <b>A</b>"), ("/cohorts/b/formgrader/", "B")]
    )
    assert 'lang="da"' in page
    assert "Hold &lt;b&gt;A&lt;/b&gt;" in page
    assert page.count("<a href=") == 2
    assert "<ul>" not in formgrader_front.page([])
    assert "data-leave" not in page, "the course does not run"
    out = formgrader_front.Out("http://127.0.0.1:81/trainer", "/hub/")
    page = formgrader_front.page([], out)
    assert '<a data-leave href="http://127.0.0.1:81/trainer">Til siden for undervisere</a>' in page
    assert 'src="/hub/formgrader/formulas/leave.js"' in page


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('{"state": "done", "done": 2, "total": 2}', None),
        ('{"state": "installing", "done": 1, "total": 4}', set_up.SetUp(done=1, total=4)),
        ('{"state": "failed", "done": 0, "total": 0}', set_up.SetUp(failed=True)),
        ('{"state": "insta', set_up.SetUp()),
        ("[]", set_up.SetUp()),
        (None, set_up.SetUp()),
    ],
)
def test_how_far_the_set_up_is(tmp_path: Path, content: str | None, expected: set_up.SetUp | None) -> None:
    file = tmp_path / "told.json"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    assert set_up.under_way({set_up.VARIABLE: str(file)}) == expected
    assert set_up.under_way({}) is None
