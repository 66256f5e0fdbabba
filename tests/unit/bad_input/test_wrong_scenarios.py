"""Wrong scenario files, one for each way to be wrong: line, key, what was given and allowed, nearest name, remedy.

Each file in ``files`` says in its head what is expected, and ends the wrong line with ``# HERE``. A new case is a new file.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sim.core.registry import Intervention, Registry
from sim.errors import InputError
from sim.settings.load import check_file, load_scenario
from sim.settings.parameters import Parameter
from sim.settings.reading.problems import Kind

FILES = Path(__file__).parent / "files"
CASES = sorted(FILES.glob("*.yaml"))

Interventions = Registry[type[Intervention]]


def expected(path: Path) -> dict[str, str]:
    """What the head of a file says."""
    text = path.read_text(encoding="utf-8")
    found = dict(re.findall(r"^#   (\w+): (.*)$", text, flags=re.MULTILINE))
    lines = [number for number, line in enumerate(text.splitlines(), start=1) if line.endswith("# HERE")]
    found.setdefault("line", str(lines[0]) if lines else "")
    return found


def test_there_are_cases() -> None:
    assert len(CASES) >= 40


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_wrong_scenario(
    path: Path, dummy_policies: Interventions, dummy_shocks: Interventions, dummy_parameters: tuple[Parameter, ...]
) -> None:
    wanted = expected(path)
    with pytest.raises(InputError) as caught:
        load_scenario(path, dummy_policies, dummy_shocks, dummy_parameters)
    assert len(caught.value.problems) == 1, str(caught.value)
    problem = caught.value.problems[0]
    assert problem.kind == wanted["kind"]
    assert problem.file == str(path)
    assert problem.line == int(wanted["line"])
    assert problem.key == wanted.get("key", "")
    assert wanted["given"] in problem.given
    assert wanted["allowed"] in problem.allowed
    assert problem.nearest == wanted.get("nearest")
    assert wanted["remedy"] in problem.remedy
    assert wanted.get("message", "") in problem.message
    told = str(caught.value)
    for part in (str(path), f"line {problem.line}", problem.key, problem.given, problem.allowed, problem.remedy):
        assert part in told
    assert check_file(path, dummy_policies, dummy_shocks, dummy_parameters) == [problem]


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_kind_is_known(path: Path) -> None:
    assert expected(path)["kind"] in set(Kind)
