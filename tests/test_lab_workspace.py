"""The learner's own copy: made from the course, kept up to date, and never at the cost of what they wrote."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from nbformat import reads, validate

from kommune3.content import Course
from kommune3.lab import edition, live, names, notebooks, plan, workspace
from kommune3.lab.errors import LabError
from kommune3.lab.trust import notary

API = "/kommune3/api/v1"
PAGES = "http://127.0.0.1:8000/"
MODULE = "modules/employee/01_opkaldet.ipynb"
EXERCISE = "exercises/employee/01_baenken.ipynb"

Update = Callable[..., list[str]]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, mini_course: Course) -> Path:
    """The miniature course's notebooks as they are kept once built, which takes longest."""
    folder = tmp_path_factory.mktemp("built")
    assert workspace.update(mini_course, folder, "anna", api=API, pages=PAGES) == []
    return workspace.jupyter_dir(folder, "anna") / "built"


@pytest.fixture(scope="module")
def shipped_copy(tmp_path_factory: pytest.TempPathFactory, shipped: Course) -> Path:
    """A data folder in which ``anna`` has the shipped course's notebooks."""
    folder = tmp_path_factory.mktemp("shipped")
    assert workspace.update(shipped, folder, "anna", api=API, pages=PAGES) == []
    return folder


@pytest.fixture
def update(tmp_path: Path, mini_course: Course, built: Path) -> Update:
    """Makes or updates the copy of ``anna``; what it was made from is kept, what was not is built."""
    shutil.copytree(built, workspace.jupyter_dir(tmp_path, "anna") / "built")

    def run(course: Course = mini_course, pages: str = PAGES) -> list[str]:
        return workspace.update(course, tmp_path, "anna", api=API, pages=pages)

    return run


def home(tmp_path: Path) -> Path:
    return tmp_path / "lab" / "anna"


def file_of(tmp_path: Path, source: str) -> Path:
    found = workspace.path_of(tmp_path, "anna", source)
    assert found is not None
    return home(tmp_path) / found


def read(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def files(tmp_path: Path) -> dict[str, bytes]:
    """Every notebook of the folder, by its path."""
    folder = home(tmp_path)
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*.ipynb"))}


def write_in(file: Path, text: str = "Min egen note") -> None:
    """What a learner does: a cell of their own at the end."""
    notebook = read(file)
    own = {"cell_type": "markdown", "id": "own", "metadata": {}, "source": [text]}
    notebook["cells"].append(own)
    file.write_text(json.dumps(notebook), encoding="utf-8")


def retold(course: Course, path: str, text: str) -> Course:
    """The course with a new sentence in the notebook at the path."""
    notebook = course.notebooks[path]
    first, *rest = notebook.cells
    told = (replace(first, source=f"{first.source}\n\n{text}"), *rest)
    changed = replace(notebook, cells=told, raw={**notebook.raw, "told": text})
    return replace(course, notebooks={**course.notebooks, path: changed})


def test_the_folder_has_danish_names_in_the_order_of_the_paths(tmp_path: Path, update: Update) -> None:
    assert update() == []
    found = [*files(tmp_path)]
    assert "Begynd her.ipynb" in found
    assert [name for name in found if name.startswith("Moduler/")] == [
        "Moduler/1 Et opkald om bænken.ipynb",
        "Moduler/2 Bænken i parken.ipynb",
    ]
    assert [name for name in found if name.startswith("Øvelser/")] == ["Øvelser/1 Din egen bænk.ipynb"]
    assert all(name == unicodedata.normalize("NFC", name) for name in found)


def test_every_notebook_is_valid_hides_its_code_and_is_trusted(tmp_path: Path, update: Update) -> None:
    update()
    with notary(workspace.jupyter_dir(tmp_path, "anna") / "data") as signer:
        for file in home(tmp_path).rglob("*.ipynb"):
            text = file.read_text(encoding="utf-8")
            validate(reads(text, as_version=4))
            assert signer.knows(text), file.name
            code = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]
            assert all(cell["metadata"]["jupyter"]["source_hidden"] for cell in code)


def test_exercises_are_live_with_the_address_of_the_service(tmp_path: Path, update: Update) -> None:
    update()
    notebook = read(file_of(tmp_path, MODULE))
    states = notebook["metadata"]["widgets"][live.STATE]["state"]
    shown = [
        output["data"][live.VIEW]["model_id"]
        for cell in notebook["cells"]
        for output in cell.get("outputs", ())
    ]
    assert shown
    assert len(set(shown)) == len(shown)
    for model in shown:
        assert states[model]["model_module"] == "anywidget"
        assert states[model]["state"]["api"] == API
        assert states[model]["state"]["layout"].removeprefix("IPY_MODEL_") in states
    assert '"correct"' not in json.dumps(states), "a quiz's key stays with the service"


def test_the_shipped_course_fits_citations_are_numbered_and_links_lead_to_the_learners_files(
    shipped: Course, shipped_copy: Path
) -> None:
    made = {entry.source: read(file_of(shipped_copy, entry.source)) for entry in plan.entries(shipped)}
    cells = made["modules/employee/02_fra_foraeldreraad_til_stoettegruppe.ipynb"]["cells"]
    module = "\n".join(edition.text_of(cell) for cell in cells)
    assert "[@" not in module
    assert "[[1]](#Kilder)" in module
    assert "## Kilder" in module
    start = made["modules/employee/00_start.ipynb"]
    texts = "".join(edition.text_of(cell) for cell in start["cells"])
    assert "](Moduler/1%20Fra%20for%C3%A6ldrer%C3%A5d%20til%20st%C3%B8ttegruppe.ipynb)" in texts
    assert "](02_" not in texts
    assert f"({PAGES}modules/employee-02)" in module


def test_no_model_answer_enters_the_folder(tmp_path: Path, update: Update) -> None:
    update()
    everything = b"".join(file.read_bytes() for file in home(tmp_path).rglob("*") if file.is_file())
    assert b"BEGIN SOLUTION" not in everything
    assert b"HIDDEN TESTS" not in everything
    assert not list(home(tmp_path).rglob("*solution*"))


def test_an_exercises_graded_cells_stay_as_nbgrader_made_them(
    tmp_path: Path, update: Update, mini_course: Course
) -> None:
    update()
    made = {cell["id"]: cell for cell in read(file_of(tmp_path, EXERCISE))["cells"]}
    assert "Dobbeltklik" in edition.text_of(made[notebooks.BACK]), "who never saw a notebook can fill it in"
    for cell in mini_course.exercises["baenk-refleksion"].cells:
        assert made[cell.id]["metadata"].get("nbgrader") == cell.raw["metadata"].get("nbgrader")
        if cell.raw["metadata"].get("nbgrader", {}).get("solution"):
            assert edition.text_of(made[cell.id]) == cell.source


def test_a_second_start_changes_nothing(tmp_path: Path, update: Update) -> None:
    update()
    before = files(tmp_path)
    assert update() == []
    assert files(tmp_path) == before


def test_what_nobody_wrote_in_gets_the_new_edition(
    tmp_path: Path, update: Update, mini_course: Course
) -> None:
    update()
    assert update(retold(mini_course, MODULE, "Ny sætning.")) == []
    assert "Ny sætning." in file_of(tmp_path, MODULE).read_text(encoding="utf-8")


def test_what_a_learner_wrote_is_kept_and_the_new_edition_put_beside(
    tmp_path: Path, update: Update, mini_course: Course
) -> None:
    update()
    mine = file_of(tmp_path, MODULE)
    write_in(mine)
    (told,) = update(retold(mini_course, MODULE, "Ny sætning."))
    beside = mine.with_name("1 Et opkald om bænken – ny udgave.ipynb")
    assert mine.name in told
    assert beside.name in told
    assert edition.text_of(read(mine)["cells"][-1]) == "Min egen note"
    assert "Ny sætning." not in mine.read_text(encoding="utf-8")
    assert "Ny sætning." in beside.read_text(encoding="utf-8")
    assert update(retold(mini_course, MODULE, "Ny sætning.")) == [], "it is said once"


def test_the_next_edition_takes_the_place_of_one_beside_that_nobody_wrote_in(
    tmp_path: Path, update: Update, mini_course: Course
) -> None:
    update()
    write_in(file_of(tmp_path, MODULE))
    update(retold(mini_course, MODULE, "Første."))
    update(retold(mini_course, MODULE, "Anden."))
    beside = [name for name in files(tmp_path) if "ny udgave" in name]
    assert beside == ["Moduler/1 Et opkald om bænken – ny udgave.ipynb"]
    write_in(home(tmp_path) / beside[0], "Også min")
    update(retold(mini_course, MODULE, "Tredje."))
    assert edition.text_of(read(home(tmp_path) / beside[0])["cells"][-1]) == "Også min"
    assert "Tredje." in (home(tmp_path) / "Moduler/1 Et opkald om bænken – ny udgave 2.ipynb").read_text(
        encoding="utf-8"
    )


def test_running_and_saving_is_not_writing(tmp_path: Path, update: Update, mini_course: Course) -> None:
    update()
    file = file_of(tmp_path, MODULE)
    notebook = read(file)
    for cell in notebook["cells"]:
        cell["source"] = cell["source"].splitlines(keepends=True)
        if cell["cell_type"] == "code":
            cell["execution_count"] = 3
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["ran"]}]
    notebook["metadata"]["language_info"] = {"name": "python", "version": "3.14"}
    file.write_text(json.dumps(notebook), encoding="utf-8")
    assert update(retold(mini_course, MODULE, "Ny sætning.")) == []
    assert "Ny sætning." in file.read_text(encoding="utf-8")


def test_exercises_in_a_written_notebook_are_renewed(
    tmp_path: Path, update: Update, mini_course: Course
) -> None:
    update()
    file = file_of(tmp_path, MODULE)
    before = read(file)
    write_in(file)
    broken = read(file)
    for cell in broken["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = []
    del broken["metadata"]["widgets"]
    file.write_text(json.dumps(broken), encoding="utf-8")
    update(pages="http://127.0.0.1:8001/")
    after = read(file)
    assert after["metadata"]["widgets"] == before["metadata"]["widgets"]
    assert [c.get("outputs") for c in after["cells"][:-1]] == [c.get("outputs") for c in before["cells"]]
    assert "http://127.0.0.1:8001/modules/employee-01" in edition.text_of(after["cells"][0])
    assert edition.text_of(after["cells"][-1]) == "Min egen note"
    with notary(workspace.jupyter_dir(tmp_path, "anna") / "data") as signer:
        assert signer.knows(file.read_text(encoding="utf-8"))


def test_foreign_output_is_not_trusted(tmp_path: Path, update: Update) -> None:
    update()
    file = file_of(tmp_path, MODULE)
    notebook = read(file)
    html = {"output_type": "display_data", "data": {"text/html": "<script>1</script>"}, "metadata": {}}
    own = {
        "cell_type": "code",
        "id": "own",
        "metadata": {},
        "source": "x",
        "outputs": [html],
        "execution_count": 1,
    }
    notebook["cells"].append(own)
    file.write_text(json.dumps(notebook), encoding="utf-8")
    update()
    with notary(workspace.jupyter_dir(tmp_path, "anna") / "data") as signer:
        assert not signer.knows(file.read_text(encoding="utf-8"))
    assert "<script>1</script>" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe", b"[]", b'{"cells": 3}', b'{"nbformat": 3, "worksheets": []}']
)
def test_a_file_that_is_no_notebook_is_kept(
    tmp_path: Path, update: Update, mini_course: Course, content: bytes
) -> None:
    update()
    file = file_of(tmp_path, MODULE)
    file.write_bytes(content)
    (told,) = update(retold(mini_course, MODULE, "Ny sætning."))
    assert file.read_bytes() == content
    assert "ny udgave" in told


def test_a_deleted_notebook_is_made_again(tmp_path: Path, update: Update) -> None:
    update()
    file = file_of(tmp_path, MODULE)
    file.unlink()
    (told,) = update()
    assert file.name in told
    assert file.is_file()


def test_a_file_of_the_learners_own_with_our_name_is_not_overwritten(tmp_path: Path, update: Update) -> None:
    own = home(tmp_path) / "Begynd her.ipynb"
    own.parent.mkdir(parents=True)
    own.write_text("mine", encoding="utf-8")
    update()
    assert own.read_text(encoding="utf-8") == "mine"
    assert workspace.path_of(tmp_path, "anna") == "Begynd her 2.ipynb"


def test_a_lost_record_makes_new_files_and_overwrites_none(tmp_path: Path, update: Update) -> None:
    update()
    write_in(file_of(tmp_path, MODULE))
    before = files(tmp_path)
    (home(tmp_path) / workspace.RECORD).write_text("{broken", encoding="utf-8")
    update()
    after = files(tmp_path)
    assert {name: after[name] for name in before} == before


@pytest.mark.parametrize("told", ["../../outside.ipynb", "/tmp/outside.ipynb", "C:\\outside.ipynb", 7])
def test_a_forged_record_leads_nowhere_else(tmp_path: Path, update: Update, told: object) -> None:
    update()
    outside = tmp_path / "outside.ipynb"
    outside.write_text("not ours", encoding="utf-8")
    record = read(home(tmp_path) / workspace.RECORD)
    record[MODULE]["file"] = told
    (home(tmp_path) / workspace.RECORD).write_text(json.dumps(record), encoding="utf-8")
    update()
    assert outside.read_text(encoding="utf-8") == "not ours"
    assert workspace.path_of(tmp_path, "anna", MODULE) == "Moduler/1 Et opkald om bænken 2.ipynb"


def test_what_the_course_no_longer_has_is_kept(tmp_path: Path, update: Update, mini_course: Course) -> None:
    update()
    file = file_of(tmp_path, MODULE)
    manifest = mini_course.manifest
    modules = tuple(module for module in manifest.modules if module.file != MODULE)
    kept = {module.id for module in modules}
    roles = tuple(
        role.model_copy(update={"modules": tuple(name for name in role.modules if name in kept)})
        for role in manifest.roles
    )
    smaller = replace(mini_course, manifest=manifest.model_copy(update={"modules": modules, "roles": roles}))
    (told,) = update(smaller)
    assert file.name in told
    assert file.is_file()
    assert update(smaller) == []


def test_a_new_title_renames_what_nobody_wrote_in(
    tmp_path: Path, update: Update, mini_course: Course
) -> None:
    update()
    old = file_of(tmp_path, MODULE)
    manifest = mini_course.manifest
    modules = tuple(
        module.model_copy(update={"title": "Opkaldet"}) if module.file == MODULE else module
        for module in manifest.modules
    )
    update(replace(mini_course, manifest=manifest.model_copy(update={"modules": modules})))
    assert not old.exists()
    assert file_of(tmp_path, MODULE).name == "1 Opkaldet.ipynb"


def test_two_starts_at_once_make_one_copy(tmp_path: Path, update: Update) -> None:
    shutil.rmtree(workspace.jupyter_dir(tmp_path, "anna") / "built")  # both find nothing made
    failed: list[BaseException] = []

    def start() -> None:
        try:
            update()
        except BaseException as error:
            failed.append(error)

    starts = [threading.Thread(target=start) for _ in range(3)]
    for one in starts:
        one.start()
    for one in starts:
        one.join()
    assert not failed
    assert not [name for name in files(tmp_path) if " 2.ipynb" in name]


def test_another_start_that_does_not_end_is_told(
    tmp_path: Path, update: Update, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workspace, "PATIENCE", 0.0)
    with (
        workspace.only_one(home(tmp_path) / workspace.LOCK),
        pytest.raises(LabError, match="et andet vindue"),
    ):
        update()


def test_a_disk_that_is_full_leaves_the_old_file(
    tmp_path: Path, update: Update, mini_course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    update()
    before = files(tmp_path)

    def full(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OSError, match="No space"):
        update(retold(mini_course, MODULE, "Ny sætning."))
    monkeypatch.undo()
    assert files(tmp_path) == before
    assert not [
        one for one in home(tmp_path).rglob(".*") if one.name not in (workspace.RECORD, workspace.LOCK)
    ]


@pytest.mark.parametrize("person", ["", "../x", "a/b", "a,b", "Åse", "a" * 65, ".."])
def test_an_id_that_could_lead_elsewhere_is_refused(tmp_path: Path, person: str) -> None:
    with pytest.raises(LabError) as refused:
        workspace.folder(tmp_path, person)
    assert not person or person not in str(refused.value)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a user's folder from others by itself")
def test_others_on_the_machine_cannot_look_in(tmp_path: Path, update: Update) -> None:
    update()
    for folder in (home(tmp_path), workspace.jupyter_dir(tmp_path, "anna")):
        assert folder.stat().st_mode & 0o077 == 0


def test_a_person_can_be_forgotten(tmp_path: Path, update: Update) -> None:
    update()
    workspace.forget(tmp_path, "anna")
    assert not [
        name for _dir, folders, names_ in os.walk(tmp_path) for name in (*folders, *names_) if "anna" in name
    ]
    workspace.forget(tmp_path, "anna")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Hvad er Kommunen 3.0?", "Hvad er Kommunen 3.0"),
        ('a/b\\c:d*e"f<g>h|i', "a b c d e f g h i"),
        ("CON", "_CON"),
        ("lpt1.txt", "_lpt1.txt"),
        ("…", "…"),
        (" . ", "_"),
        ("Å" * 200, "Å" * 80),
        ("A\u030ase", "Åse"),
        ("a\nb\x00c", "a b c"),
    ],
)
def test_names_are_allowed_everywhere(title: str, name: str) -> None:
    assert names.file_name(title) == name


AGAIN = """
import sys
from pathlib import Path
from kommune3.content import load_course
from kommune3.lab import workspace
course = load_course(root=Path(sys.argv[2]))
workspace.update(course, Path(sys.argv[1]), "anna", api="/kommune3/api/v1", pages="http://127.0.0.1:8000/")
print([name for name in ("anywidget", "matplotlib", "nbformat") if name in sys.modules])
"""


def test_a_second_start_need_not_build_anything(tmp_path: Path, update: Update, mini_root: Path) -> None:
    update()
    before = files(tmp_path)
    command = [sys.executable, "-c", AGAIN, str(tmp_path), str(mini_root)]
    told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=100)
    assert told.stdout.strip() == "[]"
    assert files(tmp_path) == before
