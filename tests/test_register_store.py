"""Opening, migrating, writing together, and what happens when the disk says no."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, func, select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from kommune3.content import Course
from kommune3.register import (
    Person,
    Register,
    RegisterError,
    RegisterFull,
    attempts,
    migrate,
    open_register,
    people,
    progress,
    reflections,
)
from kommune3.register.store import FILE
from kommune3.register.tables import AttemptRow, Base, PersonRow
from registering import ENDING, add, complete, do

pytestmark = pytest.mark.usefixtures("english")


def count(register: Register, table: type[Base] = AttemptRow) -> int:
    with register.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_the_migrations_make_the_models(empty: Register) -> None:
    with empty.read() as session:
        context = MigrationContext.configure(session.connection())
        assert compare_metadata(context, Base.metadata) == []


def test_head_is_the_newest_script() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.SCRIPTS))
    assert ScriptDirectory.from_config(config).get_current_head() == migrate.HEAD


def test_a_register_from_before_reflections_keeps_all_and_takes_them(
    tmp_path: Path, mini_course: Course
) -> None:
    path = tmp_path / "register.sqlite3"
    _first_version(path)
    register = open_register(tmp_path)
    try:
        assert progress.of_person(register, mini_course, "anna")["employee-01"].status == "completed"
        answers = [
            "Jeg vil spørge naboen om bænken, for hun går forbi den hver dag og ved, hvem der bruger den.",
            "Det gør jeg på mandag, når jeg kommer forbi, og så hører jeg også, hvad hendes børn siger.",
        ]
        sent = reflections.submit(register, mini_course, "anna", "baenk-refleksion", str(uuid4()), answers)
        assert sent.status == "sent"
        with register.read() as session:
            assert session.scalar(text("SELECT sort FROM people WHERE id = 'cem'")) == "celik"
            assert compare_metadata(MigrationContext.configure(session.connection()), Base.metadata) == []
            assert session.scalar(text("PRAGMA integrity_check")) == "ok"
            assert session.execute(text("PRAGMA foreign_key_check")).all() == []
        with pytest.raises((IntegrityError, OperationalError), match="only ever appended"):
            _run(register, "DELETE FROM attempts")
    finally:
        register.close()


def _first_version(path: Path) -> None:
    """A register as the first version of the course left it, with two people, one with a completed module."""
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(migrate.SCRIPTS))
        command.upgrade(config, "r0001")
        for sql in (
            "INSERT INTO people VALUES ('anna','p','roster','Anna','','Skole','employee','',NULL,NULL,NULL,"
            "'anna','anna','employee-01=c')",
            "INSERT INTO people VALUES ('cem','q','roster','Çelik','','Skole','employee','',NULL,NULL,NULL,"
            "'çelik','çelik','')",
            "INSERT INTO attempts VALUES (1,'anna','employee-01','opkaldet','v','2026.11','k','[]','{}',1,"
            "'2026-11-01 10:00:00')",
            "INSERT INTO completions VALUES (1,'anna','employee-01','2026.11','server_checked',1,"
            "'2026-11-01 10:00:00')",
        ):
            connection.execute(text(sql))
    engine.dispose()


def test_every_write_reaches_the_disk(empty: Register) -> None:
    with empty.write() as session:
        pragmas = {
            name: session.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


def test_tidying_waits_for_a_write_that_is_under_way(empty: Register) -> None:
    with empty.write() as session:
        people.add(session, [Person("anna", "Anna")], "roster")
        tidying = threading.Thread(target=empty.tidy)
        tidying.start()
        tidying.join(0.1)
        assert tidying.is_alive()
    tidying.join(20)
    assert people.get(empty, "anna") == Person("anna", "Anna")


def test_opening_again_keeps_what_was_written(tmp_path: Path) -> None:
    first = open_register(tmp_path)
    me = people.ensure_local(first)
    first.close()
    second = open_register(tmp_path)
    assert people.get(second, "local") == me
    second.close()


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps a user's folder from others by itself")
def test_nobody_else_on_the_machine_reads_it(tmp_path: Path) -> None:
    def rights() -> dict[str, int]:
        return {path.name: path.stat().st_mode & 0o777 for path in (data, *data.iterdir())}

    before, data = os.umask(0o022), tmp_path / "data"
    try:
        open_register(data).close()
        with closing(open_register(data)) as opened, opened.write() as session:
            session.execute(text("DELETE FROM audit"))
            assert len(rights()) == 4
            assert not any(mode & 0o077 for mode in rights().values())
        (data / FILE).chmod(0o664)  # made by an older version, and a group let in
        open_register(data).close()
        assert rights()[FILE] == 0o660
    finally:
        os.umask(before)


def test_a_reader_cannot_write(empty: Register) -> None:
    with pytest.raises(RegisterError, match="cannot be written"), empty.read() as session:
        session.execute(text("DELETE FROM people"))


def test_a_failed_write_leaves_nothing(empty: Register) -> None:
    def fail() -> None:
        with empty.write() as session:
            people.add(session, [Person("a", "A")], "roster")
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert count(empty, PersonRow) == 0


def test_a_write_inside_a_write_is_refused(empty: Register) -> None:
    with empty.write(), pytest.raises(RuntimeError, match="wait for itself"), empty.write():
        pass
    add(empty, [Person("a", "A")])
    assert count(empty, PersonRow) == 1


def test_writes_take_turns_and_fail_alone(empty: Register) -> None:
    """Thirty threads at once: each odd one fails inside its write, each even one is stored."""
    gate = threading.Barrier(30)
    wrong: list[int] = []

    def work(number: int) -> None:
        gate.wait()
        try:
            with empty.write() as session:
                people.add(session, [Person(f"p{number}", "P")], "roster")
                session.flush()
                time.sleep(0.002)
                if number % 2:
                    raise ZeroDivisionError
        except ZeroDivisionError:
            wrong.append(number)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with empty.read() as session:
        stored = set(session.scalars(select(PersonRow.id)))
    assert stored == {f"p{number}" for number in range(0, 30, 2)}
    assert sorted(wrong) == list(range(1, 30, 2))


def test_attempts_and_completions_cannot_be_changed(staffed: Register, mini_course: Course) -> None:
    complete(staffed, mini_course, "anna", "employee-01")
    for sql in (
        "UPDATE attempts SET passed = 0",
        "DELETE FROM attempts",
        "UPDATE completions SET module = 'x'",
        "DELETE FROM completions",
    ):
        with pytest.raises((IntegrityError, OperationalError), match="only ever appended"):
            _run(staffed, sql)
    assert count(staffed) == 1


def _run(register: Register, sql: str) -> None:
    with register.write() as session:
        session.execute(text(sql))


def test_disk_full(staffed: Register, mini_course: Course) -> None:
    """SQLite's own limit gives the very error that a full disk gives."""
    with staffed._writer.connect() as connection:
        driver = connection.connection.driver_connection
        pages = driver.execute("PRAGMA page_count").fetchone()[0]
        driver.execute(f"PRAGMA max_page_count={pages + 2}")
    before = 0

    def fill() -> None:
        nonlocal before
        for _attempt in range(500):
            do(staffed, mini_course, "anna", "opkaldet", *ENDING)
            before += 1

    with pytest.raises(RegisterFull, match="disk is full"):
        fill()
    assert count(staffed) == before > 0
    with staffed.read() as session:
        assert session.scalar(text("PRAGMA integrity_check")) == "ok"
    with staffed._writer.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA max_page_count=1000000")
    do(staffed, mini_course, "anna", "opkaldet", "sporg")
    assert count(staffed) == before + 1


def test_disk_full_for_many_at_once(staffed: Register, mini_course: Course) -> None:
    """Whoever was told that it is stored finds it stored; everybody else got the error."""
    with staffed._writer.connect() as connection:
        driver = connection.connection.driver_connection
        pages = driver.execute("PRAGMA page_count").fetchone()[0]
        driver.execute(f"PRAGMA max_page_count={pages + 6}")
    stored: list[str] = []
    refused: list[str] = []

    def work() -> None:
        for _attempt in range(20):
            key = str(uuid4())
            try:
                attempts.record(staffed, mini_course, "bo", "opkaldet", key, ENDING)
                stored.append(key)
            except RegisterFull:
                refused.append(key)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with staffed.read() as session:
        found = set(session.scalars(select(AttemptRow.key)))
    assert found == set(stored)
    assert len(stored) + len(refused) == 160
    assert refused


def test_a_file_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("en fil", encoding="utf-8")
    with pytest.raises(RegisterError, match="a file is in the way"):
        open_register(tmp_path / "data")
    with pytest.raises(RegisterError, match="cannot be made"):
        open_register(tmp_path / "data" / "below")


def test_a_path_that_no_system_has(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="cannot be made"):
        open_register(tmp_path / "nul\0l")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder that nobody may write to")
def test_a_folder_that_nobody_may_write_to() -> None:
    with pytest.raises(RegisterError, match="cannot be made"):
        open_register(Path("/proc/kommune3"))
    with pytest.raises(RegisterError, match="cannot be written"):
        open_register(Path("/proc/self"))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions do not bind this user")
def test_a_read_only_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(RegisterError, match="cannot be written"):
            open_register(tmp_path)
    finally:
        tmp_path.chmod(0o755)


def test_a_file_that_is_no_register(tmp_path: Path) -> None:
    (tmp_path / "register.sqlite3").write_bytes(b"not a database at all" * 100)
    with pytest.raises(RegisterError, match="damaged or is not a register"):
        open_register(tmp_path)


def test_a_register_from_a_newer_version(tmp_path: Path) -> None:
    open_register(tmp_path).close()
    connection = sqlite3.connect(tmp_path / "register.sqlite3")
    connection.execute("UPDATE alembic_version SET version_num = 'r9999'")
    connection.commit()
    connection.close()
    with pytest.raises(RegisterError, match=r"newer version of the course \(r9999\)"):
        open_register(tmp_path)


OTHER = """
import sys
from contextlib import closing
from pathlib import Path
from kommune3.register import open_register, Person, people
register = open_register(Path(sys.argv[1]))
for number in range(40):
    with register.write() as session:
        people.add(session, [Person(f"{sys.argv[2]}{number}", "P")], "roster")
"""


def test_two_processes_write_at_once(tmp_path: Path) -> None:
    """Also the very first time, when both find no tables yet."""
    others = [subprocess.Popen([sys.executable, "-c", OTHER, str(tmp_path), name]) for name in ("a", "b")]
    assert [other.wait(180) for other in others] == [0, 0]
    register = open_register(tmp_path)
    assert count(register, PersonRow) == 80
    register.close()


def test_another_writer_that_does_not_end(staffed: Register) -> None:
    with staffed._writer.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA busy_timeout=50")
    other = sqlite3.connect(staffed.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(RegisterError, match="Another program is writing"):
        people.set_role(staffed, "anna", "politician")
    other.execute("ROLLBACK")
    other.close()
    assert people.set_role(staffed, "anna", "politician").role == "politician"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no ? in names")
def test_a_folder_with_signs_that_mean_something_in_an_address(tmp_path: Path) -> None:
    folder = tmp_path / "data?mode=ro#%41 æøå"
    open_register(folder).close()
    assert (folder / "register.sqlite3").is_file()
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]
