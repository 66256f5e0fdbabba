"""The page on validation: up to date, with a sentence for each miss and no sentence without one."""

from __future__ import annotations

import json
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from support.made_up_rows import row

from sim.runs.validation.published import KEPT, published_places, published_rows, store_published
from sim.settings.names import shipped, shipped_folder

ROOT = Path(__file__).resolve().parents[3]
MANIFEST = dict.fromkeys(KEPT, "x") | {"command": "localwealth validate", "versions": {"localwealth": "0"}}


def script() -> ModuleType:
    """docs/validation_page.py."""
    spec = spec_from_file_location("validation_page", ROOT / "docs" / "validation_page.py")
    assert spec is not None and spec.loader is not None
    loaded = module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def test_the_page_is_up_to_date() -> None:
    written = ROOT / "docs" / "validation.md"
    assert written.is_file() and written.read_text(encoding="utf-8") == script().page(), "run: python docs/validation_page.py"


def test_every_shipped_place_with_a_question_has_a_stored_validation() -> None:
    folder = shipped_folder() / "places"
    asking = {name for name in shipped("place") if "model:" in (folder / f"{name}.yaml").read_text(encoding="utf-8")}
    assert asking <= set(published_places()) <= set(shipped("place")), "run: localwealth validate, then docs/validation_page.py --from"
    assert all(published_rows(place) for place in published_places())


@pytest.fixture
def writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, at work in an empty folder."""
    loaded = script()
    monkeypatch.setattr(loaded, "STORED", tmp_path / "stored")
    monkeypatch.setattr(loaded, "PAGE", tmp_path / "validation.md")
    return loaded


def test_a_miss_without_a_sentence_and_a_sentence_without_a_miss_stop_it(writing: ModuleType) -> None:
    rows = [row(place="anytown", fact="Missed (2013)", result="miss"), row(place="anytown", fact="Hit (2013)")]
    store_published([(rows, MANIFEST)], writing.STORED)
    (writing.STORED / "misses.yaml").write_text('anytown:\n  "Hit (2013)": It is hit.\n', encoding="utf-8")
    with pytest.raises(SystemExit) as stopped:
        writing.main()
    assert "no sentence for the miss anytown: Missed (2013)" in str(stopped.value)
    assert "no miss for the sentence anytown: Hit (2013)" in str(stopped.value)
    assert not writing.PAGE.exists()


def test_a_validation_is_stored_and_its_page_written(writing: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = tmp_path / "found"
    found.mkdir()
    rows = [
        row(place="anytown", fact="Missed (2013)", result="miss", address="https://example.org/a", mark="A"),
        row(place="anytown", fact="Silent (2013)", result="no figure", figure="", role=""),
    ]
    (found / "table.json").write_text(json.dumps([line.as_dict() for line in rows]), encoding="utf-8")
    (found / "manifest.json").write_text(json.dumps(MANIFEST), encoding="utf-8")
    writing.STORED.mkdir()
    (writing.STORED / "misses.yaml").write_text('anytown:\n  "Missed (2013)": For no reason.\n', encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["validation_page.py", "--from", str(found)])
    writing.main()
    page = writing.PAGE.read_text(encoding="utf-8")
    assert "| anytown | 0 of 0 | 0 of 0 | 0 of 1 | 0 |" in page
    assert "- **Missed (2013)**: published 50.0%, model 50.0%. For no reason." in page
    assert "[A](https://example.org/a)" in page
    assert "Nothing in the model answers these: Silent (2013)." in page
