"""A stored opening is the town that would be built, to the last bit, or it is not used at all."""

from __future__ import annotations

import json
import os
import pickle
import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import numpy as np
import pytest
from support.places import shipped, with_parameters, with_place

from sim.core.registry import PHASES, Phase
from sim.core.streams import Streams
from sim.economy import Economy
from sim.month import turnover
from sim.runs import opening_key, opening_source
from sim.runs.opening import opened
from sim.runs.opening_file import MAGIC, _digest, file_of, read_file
from sim.runs.opening_folder import OpeningFolder, usual_folder
from sim.runs.opening_state import TABLES, StateError, state_of
from sim.settings.figures_of_place import with_figures
from sim.settings.scenario import Scenario
from sim.start import chances, population
from sim.start.population import adults

SHORT = 2
SOURCE_IS_YOUNGER = opening_source._changed_since_import.__wrapped__


@cache
def short(name: str = "anytown/full-package") -> Scenario:
    """A scenario with a short burn-in, which is quickly built."""
    return with_parameters(shipped(name), behaviour__burn_in_months=SHORT)


@pytest.fixture
def folder(tmp_path: Path) -> OpeningFolder:
    """A cache that stores whatever it is given."""
    return OpeningFolder(tmp_path / "openings", least_seconds=0.0)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the short opening, made once."""
    folder = OpeningFolder(tmp_path_factory.mktemp("cache") / "openings", least_seconds=0.0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening_source, "_changed_since_import", lambda: False)
        opened(short(), 1, cache=folder)
    (path,) = folder.path.iterdir()
    return path


@pytest.fixture
def stored(folder: OpeningFolder, made: Path) -> Path:
    """The file of the short opening in a folder of its own."""
    folder.path.mkdir(mode=0o700)
    path = folder.path / made.name
    path.write_bytes(made.read_bytes())
    path.chmod(0o600)
    return path


@pytest.fixture(autouse=True)
def no_source_is_younger(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever changes the source while these tests run has no towns stored, which is right but no failure."""
    monkeypatch.setattr(opening_source, "_changed_since_import", lambda: False)


class Built(Exception):
    """A town was built."""


@pytest.fixture
def no_building(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on nothing can be built: what opens came from the cache."""

    def refuse(*_: object, **__: object) -> None:
        raise Built

    monkeypatch.setattr("sim.runs.opening._built", refuse)


def plain(item: Any) -> Any:
    """The state of a generator of luck; of a set, which has no order, the kinds of its members (Mesa's own from 3.5 on)."""
    if isinstance(item, set):
        return sorted(type(each).__name__ for each in item)
    return item.getstate() if isinstance(item, random.Random) else item.bit_generator.state


def differences(one: Any, other: Any, path: str = "town", seen: dict[tuple[int, int], Any] | None = None) -> Iterator[str]:
    """Where two graphs of objects differ, down to the bits of their arrays."""
    seen = {} if seen is None else seen
    if (id(one), id(other)) in seen or one is other:
        return
    seen[id(one), id(other)] = one, other  # kept, so that no other object gets their ids
    if type(one) is not type(other):
        yield f"{path}: {type(one).__name__} and {type(other).__name__}"
    elif isinstance(one, np.ndarray):
        if (one.dtype, one.shape) != (other.dtype, other.shape) or one.tobytes() != other.tobytes():
            yield f"{path}: other values"
    elif isinstance(one, (dict, list, tuple)):
        keys = list(one) if isinstance(one, dict) else range(len(one))
        if list(keys) != (list(other) if isinstance(one, dict) else list(range(len(other)))):
            yield f"{path}: other keys"
            return
        for key in keys:
            yield from differences(one[key], other[key], f"{path}[{key!r}]", seen)
    elif isinstance(one, (set, np.random.Generator, random.Random)):
        yield from differences(plain(one), plain(other), path, seen)
    elif type(one).__module__.startswith("sim.") and hasattr(one, "__dict__") and not isinstance(one, type):
        yield from differences(dict(sorted(vars(one).items())), dict(sorted(vars(other).items())), path, seen)
    elif type(one).__module__ == "builtins" and not callable(one) and one != other and (one == one or other == other):  # noqa: PLR0124
        yield f"{path}: {one!r} and {other!r}"


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
    monkeypatch.setattr("sim.runs.opening._built", lambda *_: Economy.empty(short(), 1))
    assert len(opened(short(), 1, cache=folder).residents) == 0
    stored.unlink()
    opened(short(), 1, cache=folder)
    assert list(folder.path.iterdir()) == []


class Malicious:
    """What runs a program when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(os.mkdir), (str(self.path),)


def forged(contents: bytes, change: Callable[[dict[str, Any]], None]) -> bytes:
    """The file with another header, and a checksum that is right."""
    begin = len(MAGIC) + 32
    size = int.from_bytes(contents[begin : begin + 8], "little")
    header = json.loads(contents[begin + 8 : begin + 8 + size])
    change(header)
    text = json.dumps(header).encode()
    rest = len(text).to_bytes(8, "little") + text + contents[begin + 8 + size :]
    checked = _digest(header["key"])
    checked.update(rest)
    return MAGIC + checked.digest() + rest


FORGERIES: dict[str, Callable[[dict[str, Any]], None]] = {
    "a class of Python": lambda header: header["state"]["parts"].update(structure={"$": "Popen", "of": {"args": "true"}}),
    "a class without its fields": lambda header: header["state"]["parts"].update(notes={"$": "MonthNotes", "of": {}}),
    "objects in an array": lambda header: header["arrays"][0].__setitem__(0, "|O"),
    "a larger array": lambda header: header["arrays"][0].__setitem__(1, [2**40]),
    "a method": lambda header: header["state"]["ledger"].update(book=1),
    "a table of another kind": lambda header: header["state"]["tables"]["firms"]["arrays"].update(wage={"$": "array", "at": 0}),
    "no firms": lambda header: header["state"]["tables"].pop("firms"),
    "text for money": lambda header: header["state"]["ledger"].update(_balance="rich"),
    "another month": lambda header: header["state"]["parts"].update(month=7),
    "an array that is not there": lambda header: header["state"]["parts"].update(firm_row={"$": "array", "at": 10**6}),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_file_is_not_used_though_its_checksum_is_right(
    folder: OpeningFolder, stored: Path, forgery: str, request: pytest.FixtureRequest
) -> None:
    stored.write_bytes(forged(stored.read_bytes(), FORGERIES[forgery]))
    request.getfixturevalue("no_building")
    with pytest.raises(Built):
        opened(short(), 1, cache=folder)


def test_what_forgery_changes_is_what_is_refused(folder: OpeningFolder, stored: Path, request: pytest.FixtureRequest) -> None:
    stored.write_bytes(forged(stored.read_bytes(), lambda header: None))
    request.getfixturevalue("no_building")
    assert opened(short(), 1, cache=folder).month == 0


@pytest.mark.parametrize("damage", ["cut", "empty", "one bit", "longer", "renamed", "pickle", "magic and pickle", "folder", "link", "pipe"])
def test_a_damaged_or_foreign_file_is_not_trusted(folder: OpeningFolder, stored: Path, damage: str, request: pytest.FixtureRequest) -> None:
    good, trap = stored.read_bytes(), folder.path.parent / "trap"
    harm = pickle.dumps(Malicious(trap))
    if damage in ("folder", "link", "pipe"):
        stored.rename(folder.path.parent / "elsewhere")
        {"folder": Path.mkdir, "link": lambda path: path.symlink_to("../elsewhere"), "pipe": os.mkfifo}[damage](stored)
    elif damage == "renamed":
        opened(short(), 2, cache=folder)
        (other,) = set(folder.path.iterdir()) - {stored}
        other.replace(stored)
    else:
        middle = len(good) // 2
        bit = good[:middle] + bytes([good[middle] ^ 1]) + good[middle + 1 :]
        contents = {
            "cut": good[:-1],
            "empty": b"",
            "one bit": bit,
            "longer": good + b"\0",
            "pickle": harm,
            "magic and pickle": MAGIC + harm,
        }
        stored.write_bytes(contents[damage])
    request.getfixturevalue("no_building")
    with pytest.raises(Built):
        opened(short(), 1, cache=folder)
    assert not trap.exists()


def test_what_is_damaged_is_built_again_silently_right_and_written_again(folder: OpeningFolder, stored: Path) -> None:
    good = stored.read_bytes()
    stored.write_bytes(b"damaged")
    built = opened(short(), 1, cache=folder)
    assert stored.read_bytes() == good
    assert built.ledger.balance.tobytes() == opened(short(), 1, cache=folder).ledger.balance.tobytes()


@pytest.mark.skipif(os.name != "posix", reason="modes and owners of POSIX")
@pytest.mark.parametrize("wrong", ["mode", "owner", "link"])
def test_a_folder_that_others_may_enter_is_not_used(
    folder: OpeningFolder, stored: Path, wrong: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    assert (folder.path.stat().st_mode & 0o777, stored.stat().st_mode & 0o777) == (0o700, 0o600)
    if wrong == "mode":
        folder.path.chmod(0o755)
    elif wrong == "owner":
        monkeypatch.setattr(os, "getuid", lambda: 12345)
    else:
        folder.path.rename(folder.path.parent / "elsewhere")
        folder.path.symlink_to("elsewhere")
    folder.write("0" * 64, {}, [])
    assert len(list(folder.path.iterdir())) == 1
    request.getfixturevalue("no_building")
    with pytest.raises(Built):
        opened(short(), 1, cache=folder)


def test_a_disk_that_is_full_or_can_not_be_written_to_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file"
    file.write_text("no folder")
    assert opened(short(), 1, cache=OpeningFolder(file / "openings", least_seconds=0.0)).month == 0
    folder = OpeningFolder(tmp_path / "openings", least_seconds=0.0)

    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert opened(short(), 1, cache=folder).month == 0
    assert list(folder.path.iterdir()) == []
    monkeypatch.undo()
    monkeypatch.setattr("sim.runs.opening_folder.OF_FREE", 0.0)
    assert opened(short(), 1, cache=folder).month == 0
    assert list(folder.path.iterdir()) == []


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    names = [str(number) * 64 for number in range(4)]
    size = len(b"".join(file_of(names[0], {}, [np.arange(1000)])))
    folder = OpeningFolder(tmp_path / "openings", limit=3 * size)
    for age, name in enumerate(names[:3]):
        folder.write(name, {}, [np.arange(1000)])
        os.utime(folder.path / f"{name}.town", (age, age))
    abandoned, fresh = folder.path / "old.part", folder.path / "new.part"
    abandoned.touch()
    fresh.touch()
    os.utime(abandoned, (0, 0))
    assert folder.read(names[0]) is not None
    folder.write(names[3], {}, [np.arange(1000)])
    assert sorted(path.name[0] for path in folder.path.iterdir()) == ["0", "2", "3", "n"]
    folder.write(names[1], {}, [np.random.default_rng(1).random(3 * size)])
    assert folder.read(names[1]) is None


def test_writers_and_readers_at_once_find_a_whole_file_or_none(folder: OpeningFolder) -> None:
    key, arrays = "a" * 64, [np.arange(200_000)]

    def work(number: int) -> bool:
        if number % 2:
            folder.write(key, {"of": number}, arrays)
            return True
        found = folder.read(key)
        return found is None or found[1][0].tobytes() == arrays[0].tobytes()

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(60)))
    assert [path.name for path in folder.path.iterdir()] == [f"{key}.town"]


def test_arrays_come_back_with_their_kind_shape_and_order() -> None:
    rows = np.arange(12.0).reshape(3, 4)
    arrays = [rows, rows.T, rows[:, 1], np.zeros((0, 5), np.int32), np.array(2.5), np.array([True, False])]
    _, found = read_file("k", b"".join(file_of("k", {}, arrays)))
    for one, other in zip(arrays, found, strict=True):
        assert (one.dtype, one.shape, one.tolist()) == (other.dtype, other.shape, other.tolist())
        assert other.flags.writeable and other.flags.owndata
    assert found[1].flags.f_contiguous and not found[1].flags.c_contiguous


def test_a_town_that_holds_what_is_not_known_is_not_stored() -> None:
    town = opened(short(), 1, cache=False)
    town.notes.lifetimes = [object()]  # type: ignore[list-item]
    with pytest.raises(StateError, match="object"):
        state_of(town)


@pytest.mark.parametrize(
    ("environment", "system", "where"),
    [
        ({"XDG_CACHE_HOME": "/c", "HOME": "/h"}, "linux", "/c/localwealth/openings"),
        ({"XDG_CACHE_HOME": "relative", "HOME": "/h"}, "linux", "/h/.cache/localwealth/openings"),
        ({"HOME": "/h"}, "darwin", "/h/Library/Caches/localwealth/openings"),
        ({"LOCALAPPDATA": "/l"}, "win32", "/l/localwealth/Cache/openings"),
        ({}, "win32", None),
        ({"LOCALWEALTH_CACHE": "/elsewhere", "XDG_CACHE_HOME": "/c"}, "linux", "/elsewhere/openings"),
        ({"LOCALWEALTH_CACHE": "off"}, "linux", None),
        ({"LOCALWEALTH_CACHE": ""}, "linux", None),
    ],
)
def test_where_the_cache_lies(environment: dict[str, str], system: str, where: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", environment.get("HOME", "/none"))
    found = usual_folder(environment, system)
    assert (None if found is None else found.path.as_posix()) == where


def test_the_environment_says_what_is_worth_storing() -> None:
    at = {"LOCALWEALTH_CACHE": "/elsewhere"}
    given = [usual_folder({**at, "LOCALWEALTH_CACHE_SECONDS": text}, "linux") for text in ("0", "7.5", "much")]
    assert [None if folder is None else folder.least_seconds for folder in given] == [0.0, 7.5, 3.0]


def test_little_work_is_not_stored(tmp_path: Path) -> None:
    folder = OpeningFolder(tmp_path / "openings")
    opened(short(), 1, cache=folder)
    assert not folder.path.exists()
