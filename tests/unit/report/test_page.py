"""The page: it stands alone, hides nothing, can't be broken from within, and reads well without eyes."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from fixtures.made_up_place import HOSTILE
from fixtures.made_up_result import made_up_result
from fixtures.page_reader import Reader

from sim.errors import InputError
from sim.report import build_report
from sim.report.drawing import Drawing
from sim.report.sections.headline import _arm
from sim.runs.stored.store import save_result


@pytest.fixture(scope="module")
def reader(page: str) -> Reader:
    return Reader(page)


def test_elements_are_closed_in_order(reader: Reader) -> None:
    assert reader.badly_nested == []
    assert reader.open == []


def test_no_name_stands_twice(reader: Reader) -> None:
    assert [name for name, times in Counter(reader.ids).items() if times > 1] == []


def test_every_reference_within_the_page_has_its_target(page: str, reader: Reader) -> None:
    used = set(re.findall(r'(?:href="|url\()#([^")]+)', page)) | set(re.findall(r'aria-labelledby="([^"]+)"', page))
    assert used
    assert used - set(reader.ids) == set()


def test_nothing_is_fetched(page: str, reader: Reader) -> None:
    assert not {"script", "link", "img", "iframe", "object", "embed", "base", "form"} & set(reader.tags)
    assert [attributes for _, attributes in reader.attributes if any(key in ("src", "srcset", "data") for key in attributes)] == []
    assert re.findall(r"url\((?!#)[^)]*\)|@import|@font-face", page) == []
    assert [attributes for _, attributes in reader.attributes if any(key.startswith("on") for key in attributes)] == []


def test_texts_of_a_scenario_stay_texts(page: str, reader: Reader) -> None:
    assert "<script" not in page
    assert 'href="javascript:' not in page
    assert "\x00" not in page
    assert HOSTILE.replace("\x00", " ") in "".join(reader.words)


def test_tables_have_captions_and_scopes(reader: Reader) -> None:
    assert reader.tags.count("table") == reader.tags.count("caption") > 10
    assert all(attributes.get("scope") in ("col", "row") for attributes in reader.every("th"))


def test_headings_go_down_one_level_at_a_time(reader: Reader) -> None:
    levels = [int(tag[1]) for tag in reader.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert max(b - a for a, b in pairwise(levels)) <= 1


def test_every_chart_says_what_it_shows(page: str) -> None:
    charts = re.findall(r'<svg class="chart".*?</svg>', page, flags=re.DOTALL)
    assert len(charts) > 8
    for chart in charts:
        title = re.search(r"<title [^>]*>([^<]+)</title>", chart)
        assert title is not None
        assert len(title.group(1)) > 40
        assert 'role="img"' in chart


def test_charts_keep_their_words_as_words(page: str) -> None:
    chart = re.search(r'<svg class="chart".*?</svg>', page, flags=re.DOTALL)
    assert chart is not None
    assert "<text" in chart.group(0)
    assert "DejaVu" not in page


def test_numbers_of_every_chart_are_one_click_away(page: str) -> None:
    figures = re.findall(r"<figure.*?</figure>", page, flags=re.DOTALL)
    assert figures
    assert all("<details>" in figure and "<table>" in figure for figure in figures)


def test_sections_are_there_in_order(reader: Reader) -> None:
    anchors = [str(attributes["id"]) for attributes in reader.every("section")]
    shown = [
        "headline",
        "cost",
        "paths",
        "pound",
        "owners",
        "made",
        "hangs",
        "compared",
        "limits",
        "method",
        "again",
        "assumptions",
        "files",
    ]
    assert anchors == shown


def test_what_is_not_seen_is_said_so(page: str) -> None:
    assert "no difference that can be told from luck" in page
    assert "Runs it would take" in page


def test_the_same_result_gives_the_same_bytes(report_folder: Path, page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(shutil.copytree(report_folder, tmp_path / report_folder.name))
    # Pictures are held to their bytes by the tests of drawings, and take as long as all else.
    monkeypatch.setattr(Drawing, "_png", lambda *_: b"picture")
    build_report(folder)
    assert (folder / "report.html").read_text(encoding="utf-8") == page
    assert (folder / "report.xlsx").read_bytes() == (report_folder / "report.xlsx").read_bytes()
    assert not list(folder.glob("*.unfinished"))


@pytest.mark.parametrize(
    "settings",
    [
        {"arms": 1, "seeds": 3},
        {"arms": 1, "seeds": 1, "months": 1},
        {"arms": 3, "seeds": 2, "months": 7},
        pytest.param({"arms": 5, "seeds": 3, "months": 36}, marks=pytest.mark.long),
        {"arms": 2, "seeds": 12},
    ],
)
def test_results_of_any_shape_have_a_report(build: Callable[..., str], settings: dict[str, int]) -> None:
    reader = Reader(build(**settings))
    assert reader.badly_nested == []
    assert [name for name, times in Counter(reader.ids).items() if times > 1] == []
    words = " ".join(reader.words)
    assert " nan" not in words
    assert "inf " not in words


def test_one_run_of_each_arm_claims_nothing(build: Callable[..., str]) -> None:
    page = build(arms=2, seeds=1)
    assert "too few runs to tell from luck" in page
    assert "Yes: higher" not in page
    assert "Yes: lower" not in page
    words = " ".join(Reader(page).words)
    assert " nan" not in words
    assert "inf " not in words


def test_books_that_do_not_close_are_said_first_and_seeds_that_failed_are_told(build: Callable[..., str]) -> None:
    facts = {"runs": 1, "months_checked": 1, "bookings": 1, "largest_residual": 5, "closed": False}
    failure = {"seed": 9, "arm": "town/as-usual", "error": "RunError", "message": "it <broke>", "where": "", "repeat": "localwealth run"}
    page = build(accounting=facts, failures=[failure], status="partial")
    assert page.index("Do not use these numbers") < page.index('id="headline"')
    assert "it &lt;broke&gt;" in page
    assert "not complete" in page


def test_measures_that_were_not_recorded_are_left_out(tmp_path: Path) -> None:
    result = made_up_result()
    only = result.tables["series"][result.tables["series"]["measure"].astype(str) == "jobs"]
    summary = result.tables["summary"][result.tables["summary"]["measure"] == "jobs"]
    none = {name: result.tables[name].iloc[:0] for name in ("pound_flows", "distributions")}
    bare = type(result)(
        {**result.manifest, "headlines": ["jobs"]},
        result.scenarios,
        result.scenario_files,
        {**result.tables, **none, "series": only, "summary": summary},
    )
    page = build_report(save_result(bare, tmp_path / "bare"), charts=False).read_text(encoding="utf-8")
    assert 'id="contract-pound' not in page
    assert Reader(page).badly_nested == []


def test_a_folder_that_is_no_result_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no manifest"):
        build_report(tmp_path)


def test_the_page_begins_with_cost_losers_and_what_the_share_hides(page: str) -> None:
    header = page[page.index("<header") : page.index("</header>")]
    assert header.count("Running the policies, with the seed capital they give, cost the anchors £") == 2
    assert header.count("of all contract money is with branches of outside firms, against ") == 2
    for item in re.findall(r"<li>(.*?)</li>", header):
        assert "95% interval" in item or "the same in all runs" in item, item


def test_where_a_pound_goes_is_drawn_side_by_side(page: str) -> None:
    charts = re.findall(r'<title id="contract-pound-\d-title">([^<]*)', page)
    assert len(charts) == 2
    assert all(words.startswith("Where a contract pound goes, before and after. “As usual") for words in charts)
    drawn = page[page.index('aria-labelledby="contract-pound-1-title"') :]
    assert drawn[: drawn.index("</svg>")].count("After 2 payments") == 2
    assert "Payment 1, to: firms owned here" in page
    assert "pence of the pound" in page


def test_income_is_drawn_by_tenth_and_neighbourhood_with_what_it_shows(page: str) -> None:
    for name in ("tenth", "neighbourhood"):
        words = re.search(rf'<title id="income-by-{name}-title">([^<]*)', page)
        assert words is not None
        assert "told from luck" in words.group(1) or "income is higher in" in words.group(1)


def test_an_arm_without_measures_says_so() -> None:
    said, tables = _arm(cast(Any, SimpleNamespace(titles={"a": "Buy local"})), "a", [], 0, several=False)
    assert "No measure was recorded for “Buy local”." in said and not tables
