"""A file that is damaged, forged or somebody else's is not used, and nothing in it is run."""

from __future__ import annotations

import json
import os
import pickle
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from support.openings import Built, short

from sim.runs.opening.file import MAGIC, _digest, file_of, read_file
from sim.runs.opening.folder import OpeningFolder
from sim.runs.opening.opened import opened
from sim.runs.opening.state import StateError, _Packer


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


def test_a_file_that_says_it_is_of_another_town_is_not_read() -> None:
    """The checksum is right for the key that is asked for; the header names another."""
    contents = b"".join(file_of("a", {"month": 0}, []))
    rest = contents[len(MAGIC) + 32 :]
    checked = _digest("b")
    checked.update(rest)
    with pytest.raises(StateError, match="the file of another opening"):
        read_file("b", MAGIC + checked.digest() + rest)


def test_only_a_key_names_a_file(folder: OpeningFolder) -> None:
    folder.write("a" * 64, {}, [])
    for key in ("../secret", "A" * 64, "a" * 63, ""):
        with pytest.raises(ValueError, match="is no key"):
            folder._file(key)
        assert folder.read(key) is None
    assert folder.read("a" * 64) == ({}, [])


def test_arrays_of_anything_but_numbers_are_not_stored() -> None:
    for array, kind in ((np.array(["a"]), "<U1"), (np.array([print]), "object"), (np.array([1j]), "complex128")):
        with pytest.raises(StateError, match=f"an array of {kind} can't be stored"):
            _Packer([]).value([array])


@pytest.mark.parametrize("error", [OSError("source"), TypeError("figure"), ValueError("figure")])
def test_a_town_without_a_key_is_built(error: Exception, folder: OpeningFolder, no_building: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> str:
        raise error

    monkeypatch.setattr("sim.runs.opening.key.opening_key", fails)
    with pytest.raises(Built):
        opened(short(), 1, cache=folder)
    assert not folder.path.exists()


def wage_of(header: dict[str, Any]) -> dict[str, Any]:
    """Where the header says that the wages of residents are."""
    found: dict[str, Any] = header["state"]["tables"]["residents"]["arrays"]["wage"]
    return found


def a_short_array(header: dict[str, Any]) -> int:
    """Number of an array of the type of wages that is shorter."""
    kind, shape, *_ = header["arrays"][wage_of(header)["at"]]
    return next(at for at, (other, size, *_) in enumerate(header["arrays"]) if other == kind and 0 < size[0] < shape[0] and len(size) == 1)


FORGERIES: dict[str, Callable[[dict[str, Any]], None]] = {
    "a class of Python": lambda header: header["state"]["parts"].update(structure={"$": "Popen", "of": {"args": "true"}}),
    "a class without its fields": lambda header: header["state"]["parts"].update(notes={"$": "MonthNotes", "of": {}}),
    "objects in an array": lambda header: header["arrays"][0].__setitem__(0, "|O"),
    "a larger array": lambda header: header["arrays"][0].__setitem__(1, [2**40]),
    "a method": lambda header: header["state"]["ledger"].update(book=1),
    "a table of another kind": lambda header: header["state"]["tables"]["firms"]["arrays"].update(wage={"$": "array", "at": 0}),
    "a shorter column": lambda header: wage_of(header).update(at=a_short_array(header)),
    "a column of another type": lambda header: header["arrays"][wage_of(header)["at"]].__setitem__(0, "<f8"),
    "the key of another opening": lambda header: header.update(key="0" * 64),
    "one array less than there are": lambda header: header["arrays"].pop(),
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
