"""What the page says and keeps where a lever, a place or a wish is unlike those that ship."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from support.places import shipped

from sim.core.registry import POLICIES, Option
from sim.errors import Problem
from sim.page.serving import turns
from sim.page.serving.assets import TYPES, _collect
from sim.page.serving.turns import Rota
from sim.page.state import kept_places
from sim.page.state.kept_places import KeptPlaces
from sim.page.state.lever_start import _alike
from sim.page.state.limits import Limits
from sim.page.state.lines import _told
from sim.page.state.offer import _usual_state
from sim.page.state.place_outline import AnchorOutline, PlaceOutline
from sim.page.state.problems import _allowed, _of_lever
from sim.page.view.room_words import room_words
from sim.page.work import openings
from sim.page.work.openings import Openings
from sim.settings.frozen import FrozenMapping
from sim.settings.reading.problems import Findings, Kind

PLACE = shipped("anytown/business-as-usual").place


def test_files_in_folders_of_the_page_are_served_by_their_path(tmp_path: Any) -> None:
    (tmp_path / "charts" / "old").mkdir(parents=True)
    for name in ("index.html", "charts/draw.js", "charts/old/a.css", "charts/.hidden.js", "charts/notes.md"):
        (tmp_path / name).write_bytes(name.encode())
    found: dict[str, Any] = {}
    _collect(tmp_path, "", found)
    assert sorted(found) == ["charts/draw.js", "charts/old/a.css", "index.html"]
    asset = found["charts/draw.js"]
    assert (asset.content, asset.media) == (b"charts/draw.js", TYPES[".js"]) and len({one.tag for one in found.values()}) == 3


def test_of_more_parties_than_are_remembered_those_of_long_ago_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "MOST_PARTIES", 2)
    rota = Rota()
    for party in ("a", "b", "a", "c"):
        rota.note(party)
    assert [rota.last(party) for party in ("a", "b", "c")] == [3, 0, 4]


def test_of_more_copies_than_are_kept_the_one_asked_for_longest_ago_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_places, "MOST_COPIES", 2)
    places = KeptPlaces({"mine": PLACE})
    first, second = places.copy("mine", 1000), places.copy("mine", 2000)
    assert places.copy("mine", 1000) is first
    places.copy("mine", 3000)
    assert places.copy("mine", 1000) is first and places.copy("mine", 2000) is not second
    with pytest.raises(KeyError, match="nowhere"):
        places["nowhere"]


def test_of_more_towns_than_are_kept_the_one_used_longest_ago_is_opened_again(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []

    def opened(scenario: Any, seed: int, keep_journal: bool) -> Any:
        made.append(seed)
        return SimpleNamespace(with_scenario=lambda _: seed)

    monkeypatch.setattr("sim.runs.opening.opened.opened", opened)
    kept = Openings(most=2)
    assert [kept.town(shipped("anytown/business-as-usual"), seed) for seed in (1, 2, 1, 3, 1, 2)] == [1, 2, 1, 3, 1, 2]
    assert made == [1, 2, 3, 2] and len(kept) == 2
    assert openings.MOST_OPENINGS > 2


def test_in_a_place_without_a_like_anchor_or_a_council_the_first_fit_one_is_meant() -> None:
    def outline(*kinds: str) -> PlaceOutline:
        return PlaceOutline(
            "p", "P", True, 1000, "£", 100, tuple(AnchorOutline(f"{kind}-{at}", kind, kind) for at, kind in enumerate(kinds))
        )

    home, place = outline("police"), outline("college", "hospital", "hospital")
    assert _alike("police-0", Option("anchor", "anchor", "who"), home, place) == "college-0"
    assert _alike("police-0", Option("anchor", "anchor", "who", anchor_kinds=("hospital",)), home, place) == "hospital-1"
    assert _alike("police-0", Option("anchor", "anchor", "who", anchor_kinds=("housing",)), home, place) == "college-0"


def test_a_place_too_small_for_a_copy_says_so() -> None:
    residents = PLACE.population.residents.model_copy(update={"value": 900.0})
    small = PLACE.model_copy(update={"population": PLACE.population.model_copy(update={"residents": residents})})
    findings = Findings()
    wanted: Any = SimpleNamespace(value=500)
    assert Limits(findings).residents(wanted, small) is None
    (told,) = findings.problems
    assert (told.key, told.given, told.remedy) == ("residents", "500", "leave it out")
    assert told.allowed == "no 'residents': the place is too small for a copy"


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("shares", FrozenMapping({"local": 0.25, "small firm": 0.75}), "local 25%, small firm 75%"),
        ("text", "plain words", "plain words"),
        ("text", None, ""),
        ("flag", True, ""),
        ("number", 1234.5, "1,234"),
    ],
)
def test_a_sentence_tells_values_of_every_kind(kind: str, value: Any, words: str) -> None:
    choices = ("local", "small firm") if kind == "shares" else ()
    assert _told(Option("how", kind, "how", choices=choices), value, ("", ""), PLACE) == words


@pytest.mark.parametrize(
    ("option", "words"),
    [
        (Option("way", "text", "how", choices=("all_at_once", "slowly")), "“All at once”, “Slowly”"),
        (Option("speed", "number", "how", unit="miles"), "a number miles"),
        (Option("speed", "number", "how"), "a number"),
        (Option("speed", "number", "how", unit="miles", low=2.0), "2 or more miles"),
        (Option("speed", "number", "how", low=-1.0, high=2.5), "-1 to 2.5"),
    ],
)
def test_what_an_option_may_be_in_words_of_the_page(option: Option, words: str) -> None:
    assert _allowed(option, PLACE) == words


def test_a_lever_that_is_wrong_in_no_way_that_has_words_is_told_by_its_name() -> None:
    item = POLICIES["local_spend_target"]
    told = _of_lever(Problem("", None, "policies[0]", "5", "a mapping", None, "r", "m", Kind.NOT_A_MAPPING), item, "", PLACE)
    assert told.startswith(f"“{item.title}” can't be used as it is here. Press “Undo”")


def test_arms_of_one_title_can_not_be_told_apart_so_nothing_is_changed() -> None:
    assert room_words("“Plan”: 2 with “Plan”.", "Plan", "Plan") == "“Plan”: 2 with “Plan”."


def test_a_place_that_the_page_was_given_begins_as_its_scenario_does() -> None:
    usual: Any = SimpleNamespace(beginning=lambda place: SimpleNamespace(start=f"start of {place}", parameters={"firms.target_use": 0.5}))
    assert _usual_state(usual, "mytown") == {"start": "start of mytown", "parameters": {"firms.target_use": 0.5}}
