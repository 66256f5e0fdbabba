"""A stored opening is the town that would be built, to the last bit, and shares nothing; its key holds all that it depends on."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from unittest.mock import Mock

import numpy as np
import pytest
from support.openings import Built, differences, short
from support.places import shipped, with_parameters, with_place

from sim.core.registry import PHASES, Phase
from sim.core.streams import Streams
from sim.economy import Economy
from sim.month import turnover
from sim.runs.opening import key as opening_key
from sim.runs.opening import source as opening_source
from sim.runs.opening.folder import OpeningFolder
from sim.runs.opening.opened import opened
from sim.runs.opening.state import TABLES, StateError, state_of
from sim.settings.places.figures import with_figures
from sim.start import chances, population
from sim.start.population import adults

SOURCE_IS_YOUNGER = opening_source._changed_since_import.__wrapped__


def test_a_stored_town_is_the_one_that_was_built_and_runs_on_to_the_same_bits(folder: OpeningFolder) -> None:
    scenario = shipped("anytown/full-package")
    built = opened(scenario, 3, cache=folder)
    assert len(list(folder.path.iterdir())) == 1
    loaded = opened(scenario, 3, cache=folder)
    # Luck holds nothing but its seed and what is worked out from it; arrays keep room for growth.
    for town in (built, loaded):
        town.streams = Streams(3)
        for table in (getattr(town, name) for name in TABLES):
            table.arrays, table._slot_of = {name: table[name].copy() for name in table.columns}, table.slots.copy()
    assert list(differences(built, loaded)) == []
    records = [town.run(13) for town in (built, loaded)]
    assert list(differences(*(replace(record, seconds=0.0) for record in records), path="record")) == []
    assert built.ledger.balance.tobytes() == loaded.ledger.balance.tobytes()
    assert all(built.residents[name].tobytes() == loaded.residents[name].tobytes() for name in built.residents.columns)


@pytest.mark.usefixtures("no_building")
def test_without_a_file_a_town_is_built(tmp_path: Path) -> None:
    with pytest.raises(Built):
        opened(short(), 1, cache=OpeningFolder(tmp_path / "openings", least_seconds=0.0))


def test_scenarios_of_one_opening_share_it_and_keep_their_own_policies(
    folder: OpeningFolder, stored: Path, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue("no_building")
    package, usual = opened(short(), 1, cache=folder), opened(short("anytown/business-as-usual"), 1, keep_journal=False, cache=folder)
    assert (len(package.policies.members) > 0, len(usual.policies.members)) == (True, 0)
    assert (package.ledger.keep_journal, usual.ledger.keep_journal) == (True, False)


def test_two_towns_of_one_file_share_no_memory(folder: OpeningFolder, stored: Path) -> None:
    one, other = opened(short(), 1, cache=folder), opened(short(), 1, cache=folder)
    before = other.ledger.balance.tobytes(), other.residents["savings_target"].tobytes()
    for table in ("residents", "firms", "anchors", "contracts"):
        pairs = ((getattr(one, table).arrays[name], getattr(other, table).arrays[name]) for name in getattr(one, table).columns)
        assert not any(np.shares_memory(*pair) for pair in pairs)
    assert one.structure is not other.structure
    one.run(2)
    assert (other.ledger.balance.tobytes(), other.residents["savings_target"].tobytes()) == before


def test_the_key_holds_all_that_an_opening_depends_on(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = short("anytown/business-as-usual")
    figure = usual.place.labour.commuter_share.value
    moved = with_place(usual, with_figures(usual.place, {("labour", "commuter_share"): figure * 1.0000000001}))
    others = [usual, moved, with_parameters(usual, firms__target_use=0.87), replace(usual, start=usual.start + 1)]
    keys = [opening_key.opening_key(each, 1) for each in others] + [opening_key.opening_key(usual, 2)]
    changed = [(opening_key, "model_fingerprint", lambda: "another"), (opening_key, "_machine", lambda: {"python": "another"})]
    for item in (*changed, (chances, "REPEATS", 3)):
        monkeypatch.setattr(*item)
        keys.append(opening_key.opening_key(usual, 1))
    assert None not in keys
    assert len(set(keys)) == len(keys)


def added(town: Economy) -> None:
    """A phase of this test."""


ELSEWHERE: dict[str, tuple[object, str, object]] = {
    "source that is younger": (opening_source, "_changed_since_import", lambda: True),
    "a phase that was added": (PHASES, "_items", {"added": Phase("added", "Of this test.", added)}),
    "a phase in place of ours": (turnover, "phase", added),
    "a function in place of ours": (population, "adults", lambda place: adults(place) + 1),
    "ours with other arguments": (population, "adults", partial(adults)),
    "a stand-in": (turnover, "phase", Mock()),
    "a method in place of ours": (Economy, "advance", lambda town: None),
}


@pytest.mark.parametrize("what", ELSEWHERE)
def test_nothing_is_read_or_stored_when_a_key_can_not_say_what_runs(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert opening_key.opening_key(short(), 1) is not None
    monkeypatch.setattr(*ELSEWHERE[what])
    assert opening_key.opening_key(short(), 1) is None


def test_source_that_is_younger_than_its_import_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    youngest = max(max(path.stat().st_mtime, path.stat().st_ctime) for path in Path(opening_source.PACKAGE).rglob("*.py"))
    for imported, changed in ((youngest - 1.0, True), (youngest + 1.0, False)):
        monkeypatch.setattr("sim.IMPORTED_AT", imported)
        assert SOURCE_IS_YOUNGER() is changed


def test_without_a_key_nothing_is_read_or_stored(folder: OpeningFolder, stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening_source, "_changed_since_import", lambda: True)
    monkeypatch.setattr("sim.runs.opening.opened._built", lambda *_: Economy.empty(short(), 1))
    assert len(opened(short(), 1, cache=folder).residents) == 0
    stored.unlink()
    opened(short(), 1, cache=folder)
    assert list(folder.path.iterdir()) == []


def test_a_town_that_holds_what_is_not_known_is_not_stored() -> None:
    town = opened(short(), 1, cache=False)
    town.notes.lifetimes = [object()]  # type: ignore[list-item]
    with pytest.raises(StateError, match="object"):
        state_of(town)
