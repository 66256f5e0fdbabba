"""The page of an experiment: whole, safe and readable for experiments of any shape, with nothing hidden."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from fixtures.made_up_place import FORMULA, HOSTILE
from fixtures.made_up_sweep import FULL, LOCAL, USUAL, made_up_view
from fixtures.page_reader import Reader, problems_of

from sim.errors import InputError
from sim.report.sweep.failures import failures_section
from sim.report.sweep.report import sweep_page, write_sweep_report

ANCHORS = ["answer", "moves", "hangs", "decision", "failing", "enough", "failures", "method", "again", "files"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An experiment with everything: three scenarios, failures, all tables."""
    path = tmp_path_factory.mktemp("sweeps") / "made up"
    path.mkdir()
    (path / "experiment.yaml").write_text(f"title: {HOSTILE}\n", encoding="utf-8")
    write_sweep_report(made_up_view(arms=[USUAL, LOCAL, FULL], failed=2, measures=["jobs", "retention_place/all"]), path)
    return path


@pytest.fixture(scope="module")
def page(folder: Path) -> str:
    return (folder / "report.html").read_text(encoding="utf-8")


def test_the_page_stands_alone_and_reads_well(page: str) -> None:
    assert problems_of(page) == []
    reader = Reader(page)
    assert [attributes["id"] for attributes in reader.every("section")] == ANCHORS
    assert HOSTILE.replace("\x00", " ") in "".join(reader.words)


def test_every_chart_has_its_numbers_and_its_finding(page: str) -> None:
    figures = re.findall(r"<figure.*?</figure>", page, flags=re.DOTALL)
    names = [re.search(r'<title id="([a-z0-9-]+)-title"', figure) for figure in figures]
    drawn = {name.group(1): figure for name, figure in zip(names, figures, strict=True) if name is not None}
    wanted = {
        "moves-answer",
        "moves-field",
        "moves-months",
        "moves-other-1",
        "tornado",
        "indices",
        "boxes",
        "enough-seeds",
        "enough-points",
    }
    assert wanted <= set(drawn)
    assert all("<details>" in figure and "<table>" in figure for name, figure in drawn.items() if name != "boxes")
    for name in wanted:
        finding = re.search(r"<figcaption>([^<]+)", drawn[name])
        title = re.search(r"<title [^>]*>([^<]+)", drawn[name])
        assert finding is not None and title is not None
        assert finding.group(1).strip() in title.group(1)


def test_the_lead_asks_and_answers_with_an_interval(page: str) -> None:
    leads = re.findall(r'<p class="lead">(.*?)</p>', page)
    assert leads[0] == "Does a higher target still pay when firms are full?"
    assert re.match(r"Jobs in the place, “Buy local” against “Business as usual”: on average over 16 settings, [\d.]+ higher ", leads[1])
    assert re.search(r"\(95% interval [\d.]+ to [\d.]+; 5 paired seeds\)", leads[1])


def test_what_was_asked_and_how_to_make_it_again_is_there(page: str) -> None:
    for words in ("localwealth sweep made-up", "localwealth report &#x27;made up&#x27;", "Seeds: 1, 2, 3, 4, 5.", "python 3.11"):
        assert words in page
    assert "The experiment as it was run, with every range filled in" in page
    assert "Town &amp; &lt;Fort&gt; is an invented place" in page


def test_the_workbook_has_a_sheet_a_table_and_no_formula(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "report.xlsx")
    wanted = {"Answers", "How it moves", "Field", "Over time", "Tornado", "Sensitivity", "Decision", "Where it fails", "Enough seeds"}
    assert wanted | {"Enough settings", "Failed runs", "What varied", "Measures", "Settings", "Versions"} <= set(book.sheetnames)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert FORMULA in {cell.value for cell in cells}
    settings = list(book["Settings"].iter_rows(min_row=4, values_only=True))
    assert len(settings) == 16
    assert settings[1][0] == 1 and isinstance(settings[1][3], float)


def test_the_same_experiment_gives_the_same_bytes(tmp_path: Path) -> None:
    books = []
    for _ in range(2):
        path = write_sweep_report(made_up_view("none", inputs=1, measures=["jobs"]), tmp_path, charts=False)
        books.append((path.read_bytes(), (tmp_path / "report.xlsx").read_bytes()))
    assert books[0] == books[1]
    assert {path.name for path in tmp_path.iterdir()} == {"report.html", "report.xlsx"}


def test_every_chart_lies_beside_as_files(folder: Path, page: str) -> None:
    drawn = re.findall(r'<svg class="chart"[^>]*aria-labelledby="([^"]+)-title"', page)
    assert len(drawn) > 5
    assert {path.name for path in (folder / "charts").iterdir()} == {
        "charts.csv",
        *(f"{name}.{kind}" for name in drawn for kind in ("png", "svg")),
    }
    assert "the experiment “" in (folder / "charts" / "charts.csv").read_text(encoding="utf-8")
    assert "Charts and tables as files" in page


BELOW = {"measure": "retention_place/all", "scenario": LOCAL, "below": 0.1}
SHAPES: list[dict[str, Any]] = [
    {"kind": "one-at-a-time", "inputs": 2, "seeds": [1], "measures": ["jobs"]},
    {"kind": "sobol", "inputs": 1, "arms": [USUAL], "plan": None, "size": 12, "measures": ["jobs"]},
    {"kind": "morris", "inputs": 2, "plan": BELOW, "measures": ["jobs", "retention_place/all"]},
    {"kind": "grid", "inputs": 0, "measures": ["output"]},
]


@pytest.mark.parametrize("settings", SHAPES)
def test_experiments_of_any_shape_have_a_report(tmp_path: Path, settings: dict[str, Any]) -> None:
    tables = ("tornado",) if settings["kind"] == "morris" else ("none",)
    page = write_sweep_report(made_up_view(*tables, **settings), tmp_path, charts=False).read_text(encoding="utf-8")
    assert problems_of(page) == []
    assert ("The answer at the low and at the high end of each thing could not be worked out" in page) == (tables == ("none",))
    assert ("There is one seed, so nothing here can be told from luck" in page) == ("seeds" in settings)


def test_many_inputs_and_many_failures_are_bounded_on_the_page_and_whole_in_the_workbook(tmp_path: Path) -> None:
    view = made_up_view("tornado", kind="latin-hypercube", inputs=40, size=80, failed=30, measures=["jobs"])
    page = write_sweep_report(view, tmp_path, charts=False).read_text(encoding="utf-8")
    assert problems_of(page) == []
    assert len(page) < 1_000_000
    assert "The widest 20 of 40 are drawn; the table holds all." in page
    assert "30 of 400 runs failed" in page
    assert "10 more: sheet “Failed runs” of report.xlsx, and failures.csv" in page
    book = openpyxl.load_workbook(tmp_path / "report.xlsx", read_only=True)
    assert sum(1 for _ in book["Failed runs"].iter_rows(min_row=4)) == 30
    assert sum(1 for row in book["Tornado"].iter_rows(min_row=4, values_only=True) if row[2] is not None) == 40


def test_an_experiment_without_any_answer_is_refused(tmp_path: Path) -> None:
    view = made_up_view("none")
    nothing = view.answers() * float("nan")
    view.__dict__["at_points"] = pd.DataFrame({"seeds": nothing.notna().sum(axis=1)})
    with pytest.raises(InputError, match="no run of this experiment came to its end, so there is nothing to report"):
        write_sweep_report(view, tmp_path)


def test_an_unfinished_experiment_says_how_far_it_is() -> None:
    view = made_up_view("none", complete=False, failed=3)
    assert "This experiment is not complete: 77 of 80 runs came to their end." in sweep_page(view, [])
    assert "No run has failed so far." in failures_section(made_up_view("none", complete=False)).body
