"""Where openings are kept, how many, and what happens when they can't be."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from support.openings import short

from sim.runs.opening.file import file_of, read_file
from sim.runs.opening.folder import OpeningFolder, usual_folder
from sim.runs.opening.opened import opened


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
    monkeypatch.setattr("sim.runs.opening.folder.OF_FREE", 0.0)
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


def test_who_has_no_folder_of_their_own_has_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(path: Path) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "expanduser", nobody)
    assert usual_folder({}, "linux") is None


def test_the_environment_says_what_is_worth_storing() -> None:
    at = {"LOCALWEALTH_CACHE": "/elsewhere"}
    given = [usual_folder({**at, "LOCALWEALTH_CACHE_SECONDS": text}, "linux") for text in ("0", "7.5", "much")]
    assert [None if folder is None else folder.least_seconds for folder in given] == [0.0, 7.5, 3.0]


def test_little_work_is_not_stored(tmp_path: Path) -> None:
    folder = OpeningFolder(tmp_path / "openings")
    opened(short(), 1, cache=folder)
    assert not folder.path.exists()
