"""The charts beside a report: a PNG and an SVG of each, whole, named in page, list and workbook, and nothing a spreadsheet would run."""

from __future__ import annotations

import io
import re
import struct
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pytest
from matplotlib.figure import Figure

from sim.report import follow_page
from sim.report.charts_folder import CHARTS, write_charts
from sim.report.drawing import DOTS, Drawing
from sim.report.svg import draw


@pytest.fixture(scope="module")
def listed(report_folder: Path) -> pd.DataFrame:
    return pd.read_csv(report_folder / CHARTS / "charts.csv", dtype=str)


def drawing(name: str = "jobs", finding: str = "More jobs.") -> Drawing:
    """A small chart."""
    (made,) = draw(name, 3.0, 1.5, lambda figure: figure.subplots().plot([1, 2]), f"Jobs. {finding}").drawings
    return made


def test_every_chart_of_the_page_is_a_png_and_an_svg(report_folder: Path, page: str, listed: pd.DataFrame) -> None:
    charts = re.findall(r'<svg class="chart" role="img" aria-labelledby="([a-z0-9-]+)-title"', page)
    assert len(charts) > 8
    assert set(listed["file"]) == {f"{name}.{kind}" for name in charts for kind in ("png", "svg")}
    assert {path.name for path in (report_folder / CHARTS).iterdir()} == {*listed["file"], "charts.csv"}
    assert all(f"charts/{name}.png, .svg" in page for name in charts)


def test_a_png_has_200_dots_to_the_inch_and_its_words() -> None:
    png = drawing().files("Source: here.")["jobs.png"]
    wide, tall = struct.unpack(">II", png[16:24])
    assert wide == pytest.approx(3.2 * DOTS, abs=2)
    assert tall > 1.5 * DOTS
    assert b"More jobs." in png
    assert b"matplotlib" not in png.lower()


def test_an_svg_stands_alone(report_folder: Path, listed: pd.DataFrame) -> None:
    for name in listed["file"][listed["file"].str.endswith(".svg")]:
        content = (report_folder / CHARTS / name).read_bytes()
        root = ElementTree.parse(io.BytesIO(content)).getroot()
        title = root.find("{http://www.w3.org/2000/svg}title")
        assert title is not None
        assert len(title.text or "") > 40
        words = " ".join(element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}text"))
        assert "Source: localwealth" in words
        assert not re.search(rb"(?:href|src)=\"(?!#)|url\((?!#)|<script|@import", content)


def test_words_of_a_chart_are_text_in_its_svg() -> None:
    svg = drawing(finding='<script>alert("5 < 6")</script> & more').files()["jobs.svg"].decode()
    assert "<script" not in svg
    assert "&lt;script&gt;" in svg


def test_the_same_chart_gives_the_same_bytes() -> None:
    made = drawing()
    assert made.files("Source.") == made.files("Source.") == drawing().files("Source.")


def test_charts_of_an_earlier_report_go_and_other_files_stay(tmp_path: Path) -> None:
    write_charts(tmp_path, [drawing("jobs"), drawing("pay")], "Source.")
    folder = tmp_path / CHARTS
    (folder / "mine.png").write_bytes(b"mine")
    outside = tmp_path / "outside.png"
    outside.write_bytes(b"outside")
    with (folder / "charts.csv").open("a") as stream:
        stream.write("../outside.png,a,b,c\n")
    write_charts(tmp_path, [drawing("pay")], "Source.")
    assert sorted(path.name for path in folder.iterdir()) == ["charts.csv", "mine.png", "pay.png", "pay.svg"]
    assert outside.read_bytes() == b"outside"


def test_cells_that_look_like_formulas_are_text_in_the_list(tmp_path: Path) -> None:
    write_charts(tmp_path, [Drawing("jobs", "=1+1", "@SUM(A1)", Figure(figsize=(2, 1)), "<svg></svg>")], "+44")
    (row, _) = pd.read_csv(tmp_path / CHARTS / "charts.csv", dtype=str).to_dict("records")
    assert (row["chart"], row["finding"], row["source"]) == ("'=1+1", "'@SUM(A1)", "'+44")


def test_cells_that_look_like_formulas_are_text_in_the_files_of_a_followed_pound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follow_page, "follow_page", lambda _: "")
    table, moves = pd.DataFrame({"who": ["=1+1"]}), pd.DataFrame({"payer": ["@SUM(A1)"], "share": [1 / 3]})
    trail: Any = SimpleNamespace(table=lambda: table, moves=moves)
    page, *files = follow_page.write_follow(trail, tmp_path / "followed")
    assert page.name == "follow.html"
    assert [path.read_text().splitlines()[1] for path in files] == ["'=1+1", "'@SUM(A1),0.333333333333"]
