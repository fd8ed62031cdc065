"""`flask wilma-ext simulate`: what it prints and how it exits."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.simulate.small import FILES, WORLD, changed
from wilma_ext.cli import commands
from wilma_ext.cli.simulate import simulate_command


def run(*arguments: object) -> Result:
    return CliRunner().invoke(simulate_command, [str(argument) for argument in arguments])


@pytest.fixture
def world(tmp_path: Path) -> Path:
    path = tmp_path / "holds.yaml"
    path.write_text(WORLD, encoding="utf-8")
    return path


@pytest.fixture
def failing(tmp_path: Path) -> Path:
    path = tmp_path / "fails.yaml"
    two = "{member: kaisa, category: absences, sees: [aino]}"
    changes = ("allowed: true}]", f"allowed: false, because: no_consent}}, {two}]")
    path.write_text(changed(changes), encoding="utf-8")
    return path


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "broken.yaml"
    path.write_text(changed(("by: maija", "by: pekka")), encoding="utf-8")
    return path


def test_the_command_is_the_plugins() -> None:
    assert commands.commands["simulate"] is simulate_command


def test_a_world_that_holds(world: Path) -> None:
    result = run(world)
    assert result.exit_code == 0
    assert result.stdout == f"{world}: 1 checks, all hold\n"


def test_a_check_that_fails_is_told(world: Path, failing: Path) -> None:
    result = run(world, failing)
    assert result.exit_code == 1
    assert f"{failing}: 2 checks, 1 do not hold" in result.stdout
    assert "check 1: expected {'allowed': False, 'because': 'no_consent'}" in result.stdout
    assert "check 2" not in result.stdout


def test_a_broken_file_is_told_and_the_others_are_run(failing: Path, broken: Path) -> None:
    result = run(broken, failing)
    assert result.exit_code == 2
    assert f"{broken}: not a world: line 14: answers.0.by: there is no 'pekka'" in result.stderr
    assert "1 do not hold" in result.stdout


def test_json_is_one_object_for_each_check(world: Path, failing: Path) -> None:
    result = run("--json", world, failing)
    assert result.exit_code == 1
    printed: list[dict[str, Any]] = json.loads(result.stdout)
    assert [(p["file"], p["check"], p["holds"]) for p in printed] == [
        (str(world), 1, True),
        (str(failing), 1, False),
        (str(failing), 2, True),
    ]
    assert printed[1]["expected"] == {"allowed": False, "because": "no_consent"}
    assert printed[1]["got"] == {"allowed": True, "because": None, "route": "consent"}
    assert printed[2]["got"] == {"sees": ["aino"]}


def test_json_of_a_broken_file(broken: Path) -> None:
    result = run(broken, "--json")
    assert result.exit_code == 2
    [told] = json.loads(result.stdout)
    assert (told["file"], told["check"], told["holds"]) == (str(broken), None, False)
    assert told["error"].startswith("line 14: ")


def test_a_file_of_other_bytes_is_broken(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes("version: 1 # Länsi-Uusimaa\nchecks: []\n".encode("latin-1"))
    assert run(path).exit_code == 2


def test_no_file_and_a_missing_file_are_errors(tmp_path: Path) -> None:
    assert run().exit_code == 2
    assert run(tmp_path / "nowhere.yaml").exit_code == 2


def test_the_example_of_the_document() -> None:
    document = FILES[0].parents[2] / "docs" / "worlds.md"
    example = document.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    [shipped] = [path for path in FILES if path.stem == "two-guardians-disagree"]
    assert shipped.read_text(encoding="utf-8") == example
