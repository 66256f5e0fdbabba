"""Findings: the way of a pound, receipts and small tables, against numbers worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from fixtures.made_up_result import made_up_result

from sim.measures import groups
from sim.report.findings import pound_path, receipts
from sim.report.findings.pound_path import NODES, OUTSIDE, node_of, pound_paths
from sim.report.findings.tables_by_row import Field, compare_rows
from sim.report.findings.view import View
from sim.report.sections.everyone import _of_shocks
from sim.settings.parameters import PARAMETERS


def with_flows(flows: list[tuple[str, str, int]], **series: float) -> View:
    """One arm, one seed, with flows of its own and constant series."""
    result = made_up_result(arms=1, seeds=1, months=12)
    name = result.arms[0]
    frame = pd.DataFrame([(name, 1, "last year", *flow) for flow in flows], columns=["arm", "seed", "period", "payer", "payee", "pence"])
    rows = [(name, 1, month, measure, value) for measure, value in series.items() for month in range(1, 13)]
    own = pd.DataFrame(rows, columns=["arm", "seed", "month", "measure", "value"])
    own["measure"] = own["measure"].str.replace("__", "/")
    return View(replace(result, tables={**result.tables, "pound_flows": frame, "series": own}))


def test_the_way_of_a_pound_by_hand() -> None:
    flows = [
        ("anchors", "Construction, owned here", 300),
        ("anchors", "residents, poorest fifth", 999),
        ("anchors", "Construction, branches", 100),
        ("Construction, owned here", "residents, poorest fifth", 50),
        ("Construction, owned here", "rest of the world", 50),
        ("Construction, branches", "government", 10),
        ("residents, poorest fifth", "Construction, owned here", 20),
        ("residents, poorest fifth", "government", 60),
    ]
    view = with_flows(flows, contract_spend=10.0, retention_place__all=0.4, retention_region__all=0.1)
    path = pound_paths(view)["town/as-usual"]
    first = dict(zip(NODES, path.links[0].sum(axis=0), strict=True))
    assert first["Firms owned here"] == pytest.approx(0.3)
    assert first["Branches"] == pytest.approx(0.1)
    assert first["Next door"] == pytest.approx(0.1)
    assert first["Further away"] == pytest.approx(0.5)
    # After two payments only what firms paid residents is here: 0.3 x 0.5; of that a quarter goes back to firms.
    assert path.here[0].tolist()[:4] == pytest.approx([1.0, 0.4, 0.15, 0.0375])
    assert path.links[1].sum() == pytest.approx(0.4)
    assert path.links[1][0, 2] == pytest.approx(0.15)


def test_every_payment_passes_on_what_was_here() -> None:
    view = View(made_up_result(seeds=3))
    for path in pound_paths(view).values():
        for hop in range(pound_path.HOPS):
            assert path.links[hop].sum() == pytest.approx(float(path.here[:, hop].mean()))


def test_groups_are_those_that_the_model_records() -> None:
    assert set(OUTSIDE) == set(groups.OUTSIDE)
    rows = {receipts.group_of(name) for name in groups.GROUPS}
    assert rows == set(receipts.GROUPS)
    assert {NODES[node_of(name)] for name in groups.GROUPS} == set(NODES)


def test_receipts_are_pounds_a_month() -> None:
    view = View(made_up_result(seeds=4))
    flows = view.result.tables["pound_flows"]
    mine = flows[(flows["arm"] == "town/as-usual") & (flows["period"] == "last year") & flows["payee"].astype(str).str.endswith("branches")]
    row = next(row for row in receipts.receipts(view, "town/policy-1") if row.label == "Branches of outside firms")
    assert row.reference == pytest.approx(mine["pence"].sum() / 100 / 4 / view.window)
    assert row.mean == pytest.approx(8 * 5000.0 / view.window)


def test_small_tables_are_of_the_end_and_in_pounds() -> None:
    view = View(made_up_result(seeds=5))
    rows = compare_rows(
        view, "town/policy-1", Field("income_tenth", "tenth", "mean_usual_income", "pounds a month", "money", in_pence=True)
    )
    assert [row.label for row in rows] == [str(tenth) for tenth in range(1, 11)]
    assert all(row.mean == pytest.approx(7.0) for row in rows)
    assert rows[9].reference == pytest.approx(1000.0, rel=0.01)


def test_a_table_that_was_not_recorded_gives_nothing() -> None:
    view = View(made_up_result(seeds=2))
    assert compare_rows(view, "town/policy-1", Field("no_such_table", "a", "b", "c", "money")) == []


def test_totals_are_over_all_months() -> None:
    view = View(made_up_result(seeds=3, months=24))
    total = view.total("town/policy-1", "policy_costs", "Costs")
    assert total is not None
    assert total.value == pytest.approx(float(np.linspace(0, 3000, 24).sum()))
    assert total.unit == "pounds in 24 months"


def test_titles_of_arms_are_made_unlike_each_other() -> None:
    result = made_up_result(arms=3, seeds=2)
    arms: list[dict[str, Any]] = [{**arm, "title": "Same"} for arm in result.manifest["arms"]]
    view = View(replace(result, manifest={**result.manifest, "arms": arms}))
    assert len(set(view.titles.values())) == 3


def test_parameters_have_a_source_and_a_mark() -> None:
    from sim.report.declared import declared_parameters

    known = declared_parameters()
    assert len(known) == len(PARAMETERS)
    assert all(item.source and item.mark for item in known.values())


def test_an_arm_with_other_shocks_than_the_reference_is_marked() -> None:
    shock = {"use": "pandemic", "options": {"start": {"value": "2014-01"}}}
    scenarios = {"usual": {"shocks": []}, "package": {"shocks": []}, "shaken": {"shocks": [shock]}}
    view: Any = SimpleNamespace(result=SimpleNamespace(reference="usual", scenarios=scenarios))
    assert _of_shocks(view, "package") == ""
    assert "not those of the reference" in _of_shocks(view, "shaken")
