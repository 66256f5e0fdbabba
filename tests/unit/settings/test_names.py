"""Names and paths, in a checkout and in a wheel."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sim.core.registry import Intervention, Registry
from sim.errors import InputError
from sim.settings import names
from sim.settings.load import load_place, load_scenario, shipped
from sim.settings.parameters.values import Parameters
from sim.settings.reading.files import SourceFile
from sim.settings.reading.problems import Findings, Kind
from sim.settings.scenarios.layer import Known
from sim.settings.scenarios.reader import read_heading

Interventions = Registry[type[Intervention]]
TINY = Path(__file__).parent / "files" / "tiny-place.yaml"


def test_shipped_names() -> None:
    assert {"anytown", "preston"} <= set(shipped("place"))
    assert {"preston/business-as-usual", "anytown/full-package"} <= set(shipped("scenario"))
    assert not any(name.startswith("places") for name in shipped("scenario"))
    assert list(shipped("scenario")) == sorted(shipped("scenario"))


def test_a_name_in_the_folder_is_the_file_where_nothing_of_the_name_ships(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mytown").write_text("title: [not closed", encoding="utf-8")
    assert names.find_file("place", "mytown", Findings()) == SourceFile(Path("mytown"), "mytown")
    Path("anytown").write_text("title: mine", encoding="utf-8")
    found = names.find_file("place", "anytown", Findings())
    assert found is not None and found.shown == "scenarios/places/anytown.yaml"
    missing = Findings()
    assert names.find_file("place", "mytwon", missing) is None and missing.problems[0].given == "mytwon"


def test_a_scenario_that_is_no_yaml_has_no_heading(tmp_path: Path) -> None:
    path, findings = tmp_path / "broken.yaml", Findings()
    path.write_text("title: [not closed", encoding="utf-8")
    known = Known(Registry("policy"), Registry("shock"), Parameters(()))
    assert read_heading(SourceFile(path, "broken.yaml"), known, findings) == ("", "")
    assert [problem.kind for problem in findings.problems] == [Kind.SYNTAX]


def test_unknown_noun() -> None:
    with pytest.raises(InputError, match="write place or scenario"):
        shipped("plase")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("preston", False),
        ("preston/buy-local", False),
        ("a.yaml", True),
        ("a/b.yml", True),
        ("./preston", True),
        ("/etc", True),
        ("../x", True),
        ("~/x", True),
        ("A b", True),
    ],
)
def test_is_path(text: str, path: bool) -> None:
    assert names.is_path(text) is path


def test_a_shipped_file_is_shown_without_the_path_of_this_machine(dummy_policies: Interventions, dummy_shocks: Interventions) -> None:
    by_name = load_scenario("anytown/business-as-usual", dummy_policies, dummy_shocks)
    by_path = load_scenario(names.shipped_folder() / "anytown" / "business-as-usual.yaml", dummy_policies, dummy_shocks)
    assert by_name == by_path
    assert by_name.name == by_path.name == "anytown/business-as-usual"
    assert by_name.origins["title"].file == by_path.origins["title"].file == "scenarios/anytown/business-as-usual.yaml"
    assert by_name.place_file == "scenarios/places/anytown.yaml"


def test_relative_path_in_a_file_counts_from_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "inner").mkdir()
    shutil.copy(TINY, tmp_path / "inner" / "place.yaml")
    monkeypatch.chdir(tmp_path)
    findings = Findings()
    found = names.find_file(
        "place", "./place.yaml", findings, within=SourceFile(Path("inner/own.yaml"), "inner/own.yaml"), line=2, key="place"
    )
    assert found == SourceFile(Path("inner/place.yaml"), "inner/place.yaml")
    assert findings.problems == []


def test_names_in_a_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a wheel the files lie in the package: ``sim/shipped/scenarios``."""
    package = tmp_path / "site-packages" / "sim"
    places = package / "shipped" / "scenarios" / "places"
    places.mkdir(parents=True)
    shutil.copy(TINY, places / "tinyton.yaml")
    (package / "settings").mkdir()
    monkeypatch.setattr(names, "__file__", str(package / "settings" / "names.py"))
    assert names.shipped_folder() == package / "shipped" / "scenarios"
    assert shipped("place") == ("tinyton",)
    assert load_place("tinyton").title == "Tinyton"
    with pytest.raises(InputError) as caught:
        load_place("tintyon")
    assert caught.value.problems[0].kind == Kind.UNKNOWN_NAME
    assert caught.value.problems[0].nearest == "tinyton"


def test_names_can_not_leave_the_shipped_folder() -> None:
    with pytest.raises(InputError):
        load_place("../anytown/business-as-usual")
