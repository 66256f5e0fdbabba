"""Sentences of reports for results and experiments that lack something, or have more of it than usual."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from fixtures.made_up_result import made_up_result
from fixtures.made_up_sweep import LOCAL, made_up_view

from sim.report.findings.comparison import _interval
from sim.report.findings.tables_by_row import Field, compare_rows
from sim.report.findings.view import View
from sim.report.numbers import Amount
from sim.report.sections.cost import _owner_chart, price_sentences
from sim.report.sections.everyone import _advice, _sentence
from sim.report.sections.method import fingerprint
from sim.report.sections.paths import _finding
from sim.report.sections.unmade import other_runs
from sim.report.spend import contracts as contracts_of_spending
from sim.report.spend.given import words_on_given
from sim.report.spend.options import SpendOptions
from sim.report.spend.sections import MOST_BARS, _step
from sim.report.spend.terminal import WARNINGS, _warnings
from sim.report.spend.view import SpendView
from sim.report.sweep import report as sweep_report
from sim.report.sweep.courses import SENTENCES, _said, move_words
from sim.report.sweep.decision import failing_section
from sim.report.sweep.field import _field_words
from sim.report.sweep.moves import _chance_planned, move_along
from sim.report.sweep.view import entries_of
from sim.report.words import level_words
from sim.spend.analysis.periods import UNDATED

ARM = "town/policy-1"


def without(view: View, *series: str) -> View:
    """The same result, in which some series were not recorded."""
    frame = view.result.tables["series"]
    summary = view.result.tables["summary"]
    tables = {
        "series": frame[~frame["measure"].astype(str).isin(series)],
        "summary": summary[~summary["measure"].astype(str).isin(series)],
    }
    return View(replace(view.result, tables={**view.result.tables, **tables}))


def test_a_companion_interval_without_numbers_changes_nothing_but_is_told() -> None:
    assert _interval(1.0, 2.0, math.nan, math.nan) == (1.0, 2.0, False)
    assert _interval(1.0, 2.0, -math.inf, math.inf) == (1.0, 2.0, True)
    assert _interval(1.0, 2.0, 0.5, 1.5) == (0.5, 2.0, True)


def test_what_was_not_recorded_is_left_out_or_said() -> None:
    view = View(made_up_result(seeds=2))
    assert compare_rows(view, ARM, Field("income_tenth", "tenth", "no_such_column", "c", "money")) == []
    assert price_sentences(view, ARM) and price_sentences(without(view, "contract_price"), ARM) == []
    tables: list[Any] = []
    assert _owner_chart(without(view, "spend_by_owner/local firms", "spend_by_owner/branches"), tables) == ""
    assert _owner_chart(without(view, "retention_region/all"), tables) == "" and tables == []
    assert "jobs_in_all" not in view.series_names and _sentence(view, ARM) == f"“{view.titles[ARM]}”: not recorded."
    assert _finding(view, "no_such_measure") == "Not recorded."
    assert fingerprint(view) == ""


def test_who_asks_for_others_already_is_not_told_how_to() -> None:
    view = View(made_up_result(seeds=2))
    assert "neighbours: everywhere" in _advice(view)
    scenarios = {
        name: {**scenario, "settings": {"neighbours": {"value": "everywhere"}}} for name, scenario in view.result.scenarios.items()
    }
    assert _advice(View(replace(view.result, scenarios=scenarios))) == ""


def test_an_explanation_with_another_reference_and_length_says_so() -> None:
    view = View(made_up_result(seeds=2, months=24))
    other = {**view.result.scenarios[ARM]}
    explanation: Any = SimpleNamespace(
        facts={"reference": ARM, "months": 36},
        result=SimpleNamespace(scenarios={ARM: other}, titles={ARM: "Elsewhere"}),
        seeds=view.result.seeds,
    )
    assert other_runs(view, explanation) == (
        f"Other runs than those of this report: its reference is “Elsewhere”, not “{view.reference}”; it goes over 36 months, this report "
        "over 24. The whole effects so need not be the same."
    )


def test_a_level_that_is_no_number_has_no_unit() -> None:
    row: Any = SimpleNamespace(amount=Amount("count"), unit="jobs")
    assert level_words(row, math.nan) == "not known"
    assert level_words(row, 3.0) == "3 jobs"


@pytest.mark.parametrize(
    ("years", "step"),
    [(1, "month"), (MOST_BARS // 12, "month"), (MOST_BARS // 12 + 1, "quarter"), (MOST_BARS // 4 + 1, "financial year")],
)
def test_spending_is_drawn_by_the_shortest_period_with_few_bars(years: int, step: str) -> None:
    last = 2000 + years - 1
    frame = pd.DataFrame(
        [("month", "2000-01"), ("month", f"{last}-12"), ("month", UNDATED), ("quarter", "2000-01 to 03"), ("quarter", f"{last}-10 to 12")],
        columns=["step", "period"],
    )
    assert _step(frame) == step


@pytest.mark.parametrize(("number", "words"), [(1, "1 more warning is in the report."), (2, "2 more warnings are in the report.")])
def test_of_many_warnings_the_rest_is_counted(number: int, words: str) -> None:
    table = pd.DataFrame([("a.csv", "", f"w{at}") for at in range(WARNINGS + number)], columns=["file", "sheet", "warning"])
    view = SimpleNamespace(analysis=SimpleNamespace(table=lambda name: table))
    report: Any = SimpleNamespace(view=view, left_out=[Path("b.txt")], notes=["A note."])
    assert list(_warnings(report))[-4:] == [f"Warning: a.csv: w{WARNINGS - 1}", words, "Not looked at: b.txt", "Note: A note."]


def test_why_nothing_is_known_of_places() -> None:
    nothing: Any = None
    start = "Where suppliers are is not known for any contract: "
    given = SpendView(nothing, "Testing", "Testshire", awarded=True)
    assert given.why_unlocated.startswith(f"{start}the files hold no postcodes, and names tell nothing. A supplier list (--suppliers)")
    assert "names no local authorities" in replace(given, has_areas=False).why_unlocated


def test_months_of_contracts_do_nothing_and_that_is_said(tmp_path: Path) -> None:
    chosen = [tmp_path / "a.json"]
    notes = words_on_given(chosen, chosen, SpendOptions(months=3, anchor="council"), contracts=True)
    assert notes == ["--months counts for payments; contracts say how long they last, so it does nothing."]


def test_where_no_contract_comes_up_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = SimpleNamespace(name="A", caption="A")
    for name in ("_sums", "plain_table", "_listed"):
        monkeypatch.setattr(contracts_of_spending, name, lambda *given: drawn)
    for name in ("render_table", "render_details"):
        monkeypatch.setattr(contracts_of_spending, name, lambda *given: "")
    nothing: Any = SimpleNamespace(symbol="£")
    tables = dict.fromkeys(("contract_states", "contract_sme", "contracts"), pd.DataFrame())
    relet = pd.DataFrame({"step": ["year"], "period": ["2020"], "pence": [1]})
    body = contracts_of_spending.contracts_section(nothing, {**tables, "relet": relet}, date(2030, 1, 1)).body
    assert "No contract ends on that day or later." in body


@pytest.mark.parametrize(
    ("values", "across", "words"),
    [
        ([[4.0, 4.1]], [0.02], "one value only, 2%, with +4.0 (+3.4 to +4.7)."),
        (
            [[0.0, 0.1], [9.0, 9.2], [3.0, 3.1]],
            [0.02, 0.1, 0.3],
            "the answer is lowest, +0.1 (-0.59 to +0.69), at 2% and highest, +9.1 (+7.8 to +10.4), at 10%.",
        ),
    ],
)
def test_moves_with_one_value_or_with_their_top_within(values: list[list[float]], across: list[float], words: str) -> None:
    view = made_up_view("none", inputs=1)
    name = view.inputs[0].name
    move = replace(move_along(pd.DataFrame({name: across}), pd.DataFrame(values), name, "grid"), chance=0.001)
    assert words in move_words(view, view.inputs[0], move, told=True)


def test_of_many_moves_the_rest_is_counted() -> None:
    view = made_up_view("none", inputs=SENTENCES + 2)
    points = pd.DataFrame({item.name: [0.02, 0.3] for item in view.inputs})
    answers = pd.DataFrame([[0.0, 0.1, 0.0], [5.0, 5.1, 5.0]])
    moves = {item.name: [move_along(points, answers, item.name, "grid")] for item in view.inputs}
    body = _said(view, view.inputs, moves, {item.name: True for item in view.inputs})
    assert "2 more move it, but less; the table holds all." in body


def test_a_field_without_an_answer_or_a_change_says_so() -> None:
    view = made_up_view("none")
    across, upward = view.inputs[:2]
    cells = pd.DataFrame(
        {"mean": [5.0, 5.0], "low": [4.0, 3.0], "high": [6.0, 5.5]}, index=pd.MultiIndex.from_tuples([(0.1, 0.1), (0.1, 0.2)])
    )
    assert _field_words(view, across, upward, cells) == "No visible change: the answer is +5.0 (+3.0 to +6.0) in every cell."
    assert _field_words(view, across, upward, cells * math.nan) == "No setting has an answer."


def test_values_of_one_seed_or_one_value_have_no_chance() -> None:
    groups = [np.array([0]), np.array([1])]
    assert math.isnan(_chance_planned(np.array([[1.0], [2.0]]), groups))
    assert math.isnan(_chance_planned(np.array([[1.0, 2.0], [2.0, 3.0]]), groups[:1]))
    assert math.isnan(_chance_planned(np.empty((0, 2)), []))
    assert 0.0 <= _chance_planned(np.array([[1.0, 2.0], [2.0, 3.5]]), groups) < 0.2


def test_a_box_bounded_by_something_that_was_not_varied_is_told_without_it() -> None:
    view = made_up_view("discovery")
    view.tables["discovery"].loc[0, "input"] = "something.else"
    body = failing_section(view).body
    assert "Box 1" in body and "something.else above" not in body and "nan" not in body.lower()


def test_a_quick_look_is_called_one(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = made_up_view("none", told={"command": "localwealth sweep made-up --reduced"})
    words = "This is a quick look: fewer settings, seeds and months than the experiment asks for."
    assert words in sweep_report._banner(quick) and words not in sweep_report._banner(made_up_view("none"))


def test_a_report_of_answers_that_are_there_is_written_beside_the_sweep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sweep: Any = SimpleNamespace(path=tmp_path)
    monkeypatch.setattr(sweep_report, "view_of_answers", lambda *given: given)
    monkeypatch.setattr(sweep_report, "write_sweep_report", lambda view, folder: (view, folder))
    assert sweep_report.report_of_answers(sweep, "answers") == ((sweep, "answers"), tmp_path)  # type: ignore[arg-type]


def test_entries_are_read_as_a_list_and_by_name() -> None:
    assert entries_of({LOCAL: {"title": "Buy local"}, "b": "Full"}) == [
        {"name": LOCAL, "title": "Buy local"},
        {"name": "b", "title": "Full"},
    ]
    assert entries_of(["a", {"name": "b"}]) == [{"name": "a"}, {"name": "b"}] and entries_of(None) == []
