"""Names and paths, in a checkout and in a wheel."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sim.core.registry import Intervention, Registry
from sim.errors import InputError
from sim.settings import names
from sim.settings.load import load_place, load_scenario, shipped
from sim.settings.reading.files import SourceFile
from sim.settings.reading.problems import Findings, Kind

Interventions = Registry[type[Intervention]]
TINY = Path(__file__).parent / "files" / "tiny-place.yaml"


def test_shipped_names() -> None:
    assert {"anytown", "preston"} <= set(shipped("place"))
    assert {"preston/business-as-usual", "anytown/full-package"} <= set(shipped("scenario"))
    assert not any(name.startswith("places") for name in shipped("scenario"))
    assert list(shipped("scenario")) == sorted(shipped("scenario"))


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
