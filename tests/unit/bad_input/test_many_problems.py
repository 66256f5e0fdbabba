"""All problems of a file, and of the files that it names, come in one list."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.core.registry import Intervention, Registry
from sim.errors import InputError
from sim.settings.load import check_file, load_place, load_scenario
from sim.settings.parameters import Parameter
from sim.settings.reading.problems import Kind

TINY = Path(__file__).parents[1] / "settings" / "files" / "tiny-place.yaml"

Interventions = Registry[type[Intervention]]

MANY = """\
title: 3
place: anytwon
start: 2013-4-01
months: 1300
months: 12
monhts: 3
policies:
  - use: buy_here
    share: 20
    anchors: [council, council]
  - use: buy_heer
  - use: weigh_bids
    composition: {local: 0.5, smal_firm: 0.5}
    published: yes
  - share: 3
shocks: none
parameters:
  households.local_shoping: 3
  households.local_shopping: true
neighbours: same
"""


def test_many_problems_of_a_scenario(
    tmp_path: Path, dummy_policies: Interventions, dummy_shocks: Interventions, dummy_parameters: tuple[Parameter, ...]
) -> None:
    path = tmp_path / "many.yaml"
    path.write_text(MANY, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_scenario(path, dummy_policies, dummy_shocks, dummy_parameters)
    found = [(problem.line, problem.key, problem.kind) for problem in caught.value.problems]
    assert found == [
        (1, "title", Kind.WRONG_TYPE),
        (2, "place", Kind.UNKNOWN_NAME),
        (3, "start", Kind.IMPOSSIBLE_DATE),
        (4, "months", Kind.OUT_OF_BOUNDS),
        (5, "months", Kind.DUPLICATE_KEY),
        (6, "monhts", Kind.UNKNOWN_KEY),
        (9, "policies[0].share", Kind.OUT_OF_BOUNDS),
        (10, "policies[0].anchors[1]", Kind.REPEATED_NAME),
        (11, "policies[1].use", Kind.UNKNOWN_NAME),
        (13, "policies[2].composition.smal_firm", Kind.UNKNOWN_NAME),
        (14, "policies[2].published", Kind.WRONG_TYPE),
        (15, "policies[3]", Kind.MISSING_KEY),
        (16, "shocks", Kind.WRONG_TYPE),
        (18, "parameters.households.local_shoping", Kind.UNKNOWN_NAME),
        (19, "parameters.households.local_shopping", Kind.WRONG_TYPE),
        (20, "neighbours", Kind.NOT_A_CHOICE),
    ]
    told = str(caught.value)
    assert told.startswith("16 problems were found.")
    assert all(f"line {line}, {key}: " in told for line, key, _ in found)


def test_many_problems_of_a_place(tmp_path: Path) -> None:
    text = TINY.read_text(encoding="utf-8")
    changes = {
        "code: GBP": "code: gbp",
        "{value: 0.72,": "{value: 72,",
        "kind: council": "kind: counsil",
        "name: hospital": "name: council",
        "owner: {value: 0.32,": "owner: {value: 0.42,",
        "    mining: {value: 2,": "    minin: {value: 2,",
    }
    for old, new in changes.items():
        text = text.replace(old, new, 1)
    path = tmp_path / "place.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_place(path)
    kinds = [problem.kind for problem in caught.value.problems]
    assert kinds == [Kind.WRONG_FORM, Kind.OUT_OF_BOUNDS, Kind.UNKNOWN_NAME, Kind.WRONG_SUM, Kind.NOT_A_CHOICE, Kind.REPEATED_NAME]
    lines = [problem.line or 0 for problem in caught.value.problems]
    assert lines == sorted(lines)


def test_problems_of_scenario_base_and_place_together(tmp_path: Path, dummy_policies: Interventions, dummy_shocks: Interventions) -> None:
    place = TINY.read_text(encoding="utf-8").replace("invented: true", "invented: 1")
    (tmp_path / "place.yaml").write_text(place, encoding="utf-8")
    (tmp_path / "base.yaml").write_text("title: Base\nplace: ./place.yaml\nstart: 2020-01\nmonths: 0\n", encoding="utf-8")
    own = tmp_path / "own.yaml"
    own.write_text("title: Own\nbased_on: ./base.yaml\nneighbours: 3\n", encoding="utf-8")
    problems = check_file(own, dummy_policies, dummy_shocks)
    files = [(Path(problem.file).name, problem.line, problem.key) for problem in problems]
    assert files == [("base.yaml", 4, "months"), ("own.yaml", 3, "neighbours"), ("place.yaml", 4, "invented")]


def test_circle_of_three(tmp_path: Path, dummy_policies: Interventions, dummy_shocks: Interventions) -> None:
    for name, base in (("a", "b"), ("b", "c"), ("c", "a")):
        (tmp_path / f"{name}.yaml").write_text(f"title: {name}\nbased_on: ./{base}.yaml\n", encoding="utf-8")
    (problem,) = check_file(tmp_path / "a.yaml", dummy_policies, dummy_shocks)
    assert (problem.kind, Path(problem.file).name, problem.line) == (Kind.CYCLE, "c.yaml", 2)
    assert [Path(part).name for part in problem.given.split(" -> ")] == ["a.yaml", "b.yaml", "c.yaml", "a.yaml"]
    assert "circle" in problem.message


def test_contradiction_with_the_base(tmp_path: Path, dummy_policies: Interventions, dummy_shocks: Interventions) -> None:
    base = f"title: Base\nplace: {TINY}\nstart: 2020-01\nmonths: 12\npolicies:\n  - {{use: buy_here, share: 0.2}}\n"
    (tmp_path / "base.yaml").write_text(base, encoding="utf-8")
    own = tmp_path / "own.yaml"
    own.write_text("title: Own\nbased_on: ./base.yaml\npolicies:\n  - {use: buy_here, share: 0.4}\n", encoding="utf-8")
    (problem,) = check_file(own, dummy_policies, dummy_shocks)
    assert (problem.kind, problem.file, problem.line) == (Kind.CONTRADICTION, str(own), 4)
    assert f"{tmp_path / 'base.yaml'}, line 6" in problem.message


def test_place_inside_a_scenario(tmp_path: Path, dummy_policies: Interventions, dummy_shocks: Interventions) -> None:
    inside = "".join(f"  {line}\n" for line in TINY.read_text(encoding="utf-8").replace("name: tinyton", "name: Tiny").splitlines())
    path = tmp_path / "own.yaml"
    path.write_text(f"title: Own\nstart: 2020-01\nmonths: 12\nplace:\n{inside}", encoding="utf-8")
    (problem,) = check_file(path, dummy_policies, dummy_shocks)
    assert (problem.kind, problem.key, problem.line) == (Kind.WRONG_FORM, "place.name", 6)
