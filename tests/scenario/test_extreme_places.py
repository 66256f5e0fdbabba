"""Places at the edge of what a file may say: each runs with exact books, or is refused with its file, key and what to do."""

from __future__ import annotations

from pathlib import Path
from textwrap import indent

import numpy as np
import pytest
from support import extreme_places as extreme
from support.books import Auditor
from support.levers import names, sensible, with_uses
from support.places import shipped, with_parameters, with_place

import sim
from sim import load
from sim import run as run_seeds
from sim.economy import Economy
from sim.errors import InputError
from sim.runs.validation.validate import validate
from sim.settings.load import load_place
from sim.settings.place import Place
from sim.start import memory
from sim.start.memory import memory_here, refuse_what_cannot_fit

#: Measures that have no bound where there is nothing to divide by.
MAY_BE_INFINITE = frozenset(
    {"half_life", "hands_before_leaving", "local_multiplier", "months_of_cover", "path_length", "income_palma", "wealth_palma"}
)
QUICK = (
    extreme.no_firms,
    extreme.all_branches,
    extreme.everyone_unemployed,
    extreme.a_thousand_times_the_money,
)
OTHERS = (
    extreme.one_resident,
    extreme.no_money_but_pay,
    extreme.hundreds_of_neighbourhoods,
    extreme.one_anchor,
    extreme.nobody_of_working_age,
    extreme.anchors_that_buy_nothing,
    extreme.no_cooperatives,
    extreme.all_cooperatives,
    extreme.one_neighbourhood,
    extreme.all_rent_from_landlords,
    extreme.all_rent_from_a_social_landlord,
    extreme.all_with_a_mortgage,
    extreme.everyone_in_work,
    extreme.all_jobs_of_commuters,
    extreme.no_outside_trade,
    extreme.a_penny_for_everything,
    extreme.pence_for_pounds,
)
#: What is refused: the key that is named, and words of the refusal.
REFUSED = (
    (extreme.no_adult, "population.adults_by_age", "nobody lives there", "write at least 1 adult"),
    (extreme.no_jobs_at_all, "labour.jobs_by_sector", "there are no jobs", "write more than 0 jobs"),
    (extreme.no_anchors, "anchors", "too little or too much", "add at least 1 entry: large institutions"),
    (extreme.no_money, "pay.median_weekly", "work is not paid", "write more than 0 currency units a week"),
    (extreme.the_most_money, "housing.private_rent_monthly", "more than can be counted to the coin", "larger units"),
)


def place_of(folder: Path, change: extreme.Change) -> Place:
    """The place of a change, read from its file."""
    return load_place(extreme.place_file(folder, change))


def run(place: Place, months: int, uses: tuple[str, ...] = ()) -> Auditor:
    """Months in a place, each audited, with measures that are numbers."""
    scenario = with_parameters(with_place(shipped("anytown/business-as-usual"), place), behaviour__burn_in_months=1)
    here = [use for use in (sensible(name) for name in uses) if use.options.get("anchor", place.anchor_names[0]) in place.anchor_names]
    audit = Auditor(Economy(with_uses(scenario, here), seed=2))
    for _ in range(months):
        audit.step()
    record = audit.economy.recorder.finish(audit.economy)
    assert record.accounts["total_money"] == 0 and record.accounts["largest_residual"] == 0
    for name, values in record.measures.items():
        assert not np.isnan(values).any(), f"{name} is no number"
        assert name in MAY_BE_INFINITE or np.isfinite(values).all(), f"{name} is infinite"
    return audit


@pytest.mark.parametrize("change", QUICK, ids=lambda change: change.__name__)
def test_an_extreme_place_runs_with_exact_books(tmp_path, change):
    assert run(place_of(tmp_path, change), 3).payments > 0


@pytest.mark.long
@pytest.mark.parametrize("levers", [(), names()], ids=["usual", "all levers"])
@pytest.mark.parametrize("change", [*QUICK, *OTHERS], ids=lambda change: change.__name__)
def test_an_extreme_place_runs_for_years_with_all_levers(tmp_path, change, levers):
    run(place_of(tmp_path, change), 30, levers)


@pytest.mark.parametrize(("change", "key", "words", "remedy"), REFUSED, ids=lambda value: getattr(value, "__name__", ""))
def test_what_no_model_can_run_is_refused_in_words(tmp_path, change, key, words, remedy):
    with pytest.raises(InputError) as error:
        place_of(tmp_path, change)
    (problem,) = error.value.problems
    assert problem.file.endswith(".yaml") and problem.key.startswith(key)
    assert words in problem.message and remedy in problem.remedy
    assert problem.given and problem.allowed


def test_a_place_larger_than_the_machine_is_refused_before_it_is_made():
    place = shipped("anytown/business-as-usual").place
    with pytest.raises(InputError) as error:
        refuse_what_cannot_fit(place, 10**9, 24 * 10**9, "own.yaml")
    (problem,) = error.value.problems
    assert (problem.file, problem.key, problem.given) == ("own.yaml", "population.adults_by_age", "1,000,000,000 adults")
    assert "they need at least 700 GB, and there are 24 GB" in problem.message and problem.allowed == "at most 34,285,714 adults in 24 GB"
    assert "'residents: 50000' or fewer" in problem.remedy
    refuse_what_cannot_fit(place, 10**9, None)
    refuse_what_cannot_fit(place, 4000, memory_here())


@pytest.mark.parametrize(("opens", "written_out"), [(Economy, False), (Economy, True), (run_seeds, False)])
def test_an_opening_asks_for_the_memory_of_the_machine(monkeypatch, tmp_path, opens, written_out):
    place = extreme.place_file(tmp_path, extreme.no_firms)
    held = "\n" + indent(place.read_text(encoding="utf-8"), "  ") if written_out else f" {place.name}\n"
    path = tmp_path / "own.yaml"
    path.write_text(f"title: Own\nstart: 2014-01\nmonths: 12\nplace:{held}", encoding="utf-8")
    monkeypatch.setattr("sim.start.memory.memory_here", lambda: 1000)
    with pytest.raises(InputError, match=r"need at least 0\.\d+ GB, and there are 0\.\d+ GB") as error:
        opens(load(str(path)))
    (problem,) = error.value.problems
    assert Path(problem.file).name == (path if written_out else place).name
    assert problem.key == ("place." if written_out else "") + "population.adults_by_age"


def test_a_sweep_and_a_validation_ask_for_it_before_any_run(monkeypatch, tmp_path):
    monkeypatch.setattr("sim.start.memory.memory_here", lambda: 1000)
    with pytest.raises(InputError, match="more adults than fit"):
        sim.sweep("spare-capacity", out=tmp_path / "swept")
    with pytest.raises(InputError, match="more adults than fit") as error:
        validate(["preston"], out=tmp_path / "validated")
    assert (error.value.problems[0].file, error.value.problems[0].remedy) == ("preston", memory.SMALLER)
    assert not list(tmp_path.iterdir()), "nothing was begun"
