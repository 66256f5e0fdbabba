"""Folders of stored openings, and nothing that can be built."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.openings import Built, short

from sim.runs.opening import source as opening_source
from sim.runs.opening.folder import OpeningFolder
from sim.runs.opening.opened import opened


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


@pytest.fixture
def no_building(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on nothing can be built: what opens came from the cache."""

    def refuse(*_: object, **__: object) -> None:
        raise Built

    monkeypatch.setattr("sim.runs.opening.opened._built", refuse)
