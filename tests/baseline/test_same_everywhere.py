"""The check of other environments says what it saw, and fails where a figure differs."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import same_everywhere


def test_oldest_and_newest_are_those_of_the_project():
    oldest, newest = same_everywhere.wishes(oldest=True), same_everywhere.wishes(oldest=False)
    assert len(oldest) == len(newest) and {"numpy==2.4", "mesa==3.3.1"} <= set(oldest)
    assert {"numpy>=2.4", "mesa>=3.3.1,<4"} <= set(newest)
    assert any(item.startswith("hypothesis==") for item in oldest)


@pytest.mark.parametrize("holds", [True, False])
def test_each_setting_has_its_line_and_a_difference_fails(monkeypatch, capsys, holds):
    given = []

    def ran(python, settings, only):
        given.append(dict(settings))
        right = holds or settings.get("OMP_NUM_THREADS") != "2"
        return right, "1 scenarios: none changed" if right else "anytown: wages: 1 -> 2"

    monkeypatch.setattr(same_everywhere, "same", ran)
    monkeypatch.setattr(same_everywhere, "versions", lambda python: "some versions")
    assert same_everywhere.main([]) == (0 if holds else 1)
    said = capsys.readouterr().out
    assert said.count("the same") == len(same_everywhere.SETTINGS) - (not holds)
    assert ("2 threads: DIFFERENT; anytown: wages: 1 -> 2" in said) is not holds
    assert {settings.get("OPENBLAS_NUM_THREADS") for settings in given} == {"1", "2", "4", None}


def test_environments_asked_for_are_checked_with_the_settings_asked_for(monkeypatch, capsys, tmp_path):
    ran = []
    monkeypatch.setattr(same_everywhere, "environment", lambda folder, python, *, oldest: folder / ("old" if oldest else "new"))
    monkeypatch.setattr(same_everywhere, "versions", lambda python: "some versions")
    monkeypatch.setattr(same_everywhere, "same", lambda python, settings, only: (not ran.append((python, only)), "none changed"))
    assert same_everywhere.main(["--environments", str(tmp_path), "--setting", "2 *", "--only", "preston/*"]) == 0
    which = f"{sys.version_info[0]}.{sys.version_info[1]}"
    assert ran == [(str(tmp_path / f"oldest-{which}" / "old"), "preston/*"), (str(tmp_path / f"newest-{which}" / "new"), "preston/*")]
    with pytest.raises(SystemExit):
        same_everywhere.main(["--setting", "9 *"])
    assert "no setting is like '9 *': 1 threads, 2 threads" in capsys.readouterr().err


def test_what_is_checked_is_the_baseline():
    holds, said = same_everywhere.same(sys.executable, {}, "no/such-scenario")
    assert not holds and "0 scenarios, 0 figures" in said
