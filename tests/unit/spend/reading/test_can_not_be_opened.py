"""Files that are there and can't be opened, and pages that are too large."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sim.errors import InputError
from sim.spend import read_contracts, read_spend
from sim.spend.files import contents, html_file


def test_a_path_that_no_system_opens_is_refused() -> None:
    with pytest.raises(InputError, match="it can't be read as a file") as caught:
        contents._head(Path("a\0b.csv"), "a.csv")
    assert "embedded null" in str(caught.value) and "check the file" in str(caught.value)


def test_contracts_without_permission_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "contracts.json").write_text("{}", encoding="utf-8")

    def denied(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(InputError, match="it can't be read as a file") as caught:
        read_contracts(tmp_path / "contracts.json")
    assert "Permission denied" in str(caught.value)


def test_a_page_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_file, "_MOST_BYTES", 100)
    (tmp_path / "spend.html").write_text("<html><table>" + "<tr><td>A</td></tr>" * 20 + "</table></html>", encoding="utf-8")
    with pytest.raises(InputError, match="the page is too large") as caught:
        read_spend(tmp_path / "spend.html")
    assert "at most 100 bytes" in str(caught.value) and "save it as CSV" in str(caught.value)
