"""make test: what each command comes to is counted, and what failed is told again at the end."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from bootstrap import outcome, stages  # noqa: E402

BARE = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
"""A pytest that loads what it is told to, not all that is installed."""


def test_counts_and_failures_are_read_from_pytests_summary() -> None:
    result = outcome.Outcome("unit")
    for line in (
        "FAILED tests/test_a.py::test_b - assert 1 == 2",
        "RERUN tests/test_a.py::test_c",
        "\x1b[31m== 1 failed, 20 passed, 2 errors, 1 rerun in 3.10s ==\x1b[0m",
        "3 passed in 0.10s",
        "test said: 7 passed in the morning",
    ):
        result.read(line)
    assert result.counts == Counter({"passed": 23, "error": 2, "failed": 1, "rerun": 1})
    assert result.failures == ["FAILED tests/test_a.py::test_b - assert 1 == 2"]
    assert result.again == ["tests/test_a.py::test_c"]


def test_what_passed_at_the_second_try_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    once = "from pathlib import Path\ndef test_once():\n    seen = Path(__file__).with_name('seen')\n"
    once += "    if not seen.exists():\n        seen.touch()\n        assert 0, 'the first time'\n"
    (tmp_path / "test_it.py").write_text(once, encoding="utf-8")
    result = outcome.Outcome("system")
    here = ["-p", "no:cacheprovider", "-c", os.devnull, "--rootdir", str(tmp_path), str(tmp_path)]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "pytest_rerunfailures", *stages.AGAIN, *here]
    outcome.run(command, BARE, result)
    assert outcome.summary([result], 1.0) == 0
    assert result.counts == Counter(passed=1, rerun=1)
    said = capsys.readouterr().out
    assert "the first time" in said
    assert "tried again" in said.split("the first time")[-1]
    assert "test_it.py::test_once" in said.split("tried again")[-1]


@pytest.mark.parametrize(("code", "ok"), [("print('fine')", True), ("raise SystemExit(3)", False)])
def test_a_commands_status_decides(code: str, ok: bool, capsys: pytest.CaptureFixture[str]) -> None:
    result = outcome.Outcome("lint")
    outcome.run([sys.executable, "-c", code], dict(os.environ), result)
    assert outcome.summary([result], 1.0) == (0 if ok else 1)
    assert ("--only lint" in capsys.readouterr().out) is not ok


def test_what_runs_aside_is_told_in_one_piece(capsys: pytest.CaptureFixture[str]) -> None:
    def stage(name: str, *, aside: bool, status: int) -> stages.Stage:
        code = "import time\nfor n in range(3): print('said by', n, flush=True); time.sleep(0.1)\n"
        code = f"{code.replace('said by', f'said by {name}')}raise SystemExit({status})"
        return stages.Stage(name, name, (["{python}", "-c", code],), aside=aside)

    asked = [stage("types", aside=True, status=3), stage("unit", aside=False, status=0)]
    outcomes = stages._all(asked, dict(os.environ), [])
    assert [(each.name, each.ok) for each in outcomes] == [("types", False), ("unit", True)]
    said = capsys.readouterr().out
    assert "\n== types: types\nsaid by types 0\nsaid by types 1\nsaid by types 2\n" in said
    assert said.count("said by unit") == 3


def test_real_pytest_output_is_understood(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "test_it.py").write_text(
        "def test_good(): pass\n\ndef test_bad(): assert 0\n", encoding="utf-8"
    )
    result = outcome.Outcome("unit")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-ra",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        str(tmp_path),
    ]
    outcome.run([*command, "-c", os.devnull, str(tmp_path)], BARE, result)
    assert outcome.summary([result], 1.0) == 1
    assert result.counts == Counter(passed=1, failed=1)
    assert capsys.readouterr().out.rstrip().endswith("1 failed, 1 passed in 1.00s")


def test_the_stages_leave_no_marker_out() -> None:
    """Each combination of markers is asked for by exactly one stage."""
    asked = [
        command[command.index("-m", 4) + 1]
        for stage in stages.STAGES
        for command in stage.commands
        if "-m" in command[4:]
    ]
    assert len(asked) == 2
    for browser in (True, False):
        for lab in (True, False):
            for slow in (True, False):
                names = {"browser": browser, "lab": lab, "slow": slow}
                assert sum(bool(eval(expression, {}, names)) for expression in asked) == 1, names


def test_an_unknown_stage_is_refused() -> None:
    ran = subprocess.run(
        [sys.executable, "tools/setup.py", "test", "--only", "dance"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 2
    assert "invalid choice" in ran.stderr
