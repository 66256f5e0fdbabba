"""A report says every number with its unit and every difference with its interval, and does not contradict itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fixtures.made_up_result import SERIES
from support.said import sentences_of, told_differently, unsaid_of_tables, without_interval, without_unit

from sim.report.words import SIGNS, unit_words

UNITS = {unit_words(unit, kind, "£") for kind, unit, *_ in SERIES.values()}


def test_sentences_have_units_and_intervals(page: str) -> None:
    said = sentences_of(page)
    assert len(said) > 30
    assert [words for sentence in said for words in without_interval(sentence)] == []
    assert [(words, sentence) for sentence in said for words in without_unit(sentence)] == []


def test_tables_have_units_and_intervals(page: str) -> None:
    assert unsaid_of_tables(page, UNITS) == []


def test_what_lacks_a_unit_or_an_interval_is_found() -> None:
    assert without_interval("Jobs: 12 jobs with “A”, against 10 with “B”; 2.0 jobs higher.") == ["2.0 jobs higher"]
    assert without_interval("Jobs: 2.0 jobs higher (95% interval 1.0 to 3.0; 9 paired runs); pay £2.00 lower.") == ["£2.00 lower"]
    assert len(without_unit("Price paid: 0.010 higher (95% interval 0.005 to 0.015; 9 paired runs).")) == 1
    assert without_unit("Price paid: 0.010 higher as a ratio to base price (95% interval 0.005 to 0.015; 9 paired runs).") == []
    heads = "<tr><th scope>Measure</th><th scope>Difference</th></tr>"
    table = f"<table><caption>Jobs</caption><thead>{heads}</thead><tr><th>Jobs</th><td>2</td></tr></table>"
    assert len(unsaid_of_tables(f'<section id="cost">{table}</section>', UNITS)) == 2


def test_one_measure_has_one_answer_and_signs_are_told_before_they_stand(page: str) -> None:
    assert told_differently(page) == []
    assert page.index(SIGNS[-60:]) < page.index("Can it be told from luck?")
    assert page.index(SIGNS[-60:]) < min((found.start() for found in re.finditer(r"(Yes|No)[^<]{0,9} [*†]", page)), default=len(page))
    assert SIGNS[:40] in page


def test_a_group_is_held_to_the_bar_of_the_measures(report_folder: Path) -> None:
    import numpy as np

    from sim.report.findings.view import View
    from sim.report.numbers import Amount
    from sim.runs.stored.reading import load_result

    view = View(load_result(report_folder))
    before = np.zeros(6)
    sure, hint = np.array([5.0, 5.1, 4.9, 5.0, 5.05, 4.95]), np.array([1.0, 2.2, 0.4, 1.9, 0.2, 1.5])
    found = [view.compare("Group", "jobs", Amount("count"), before, after) for after in (sure, hint)]
    assert [row.is_told for row in found] == [True, True]
    assert [row.weak for row in found] == [False, True]
    assert found[1].p_value < 0.05 <= found[1].p_value * len(view.result.summary())


@pytest.mark.parametrize("parent", ["results", "elsewhere"])
def test_commands_name_the_result_from_where_they_say_to_stand(parent: str, tmp_path: Path) -> None:
    from sim.report.standing import Standing, given_from

    folder = tmp_path / parent / "town"
    folder.mkdir(parents=True)
    (tmp_path / "explained").mkdir()
    standing = Standing(folder)
    assert (standing.folder / standing.name).samefile(folder)
    assert standing.words == f"in the folder that holds “{'results' if parent == 'results' else 'town'}”"
    option, given = given_from(folder, [tmp_path / "explained"], None)
    assert option == "--explain"
    assert (standing.folder / given).samefile(tmp_path / "explained")
