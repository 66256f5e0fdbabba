"""Follow a hundred pounds: against the ledger, against a dense computation, against the grouped measure, to the penny."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import Result
from typer.testing import CliRunner

import sim
from sim.cli import app
from sim.economy import Economy
from sim.errors import InputError
from sim.measures.groups import FINANCIAL
from sim.runs.following.trail import Trail

SCENARIO = "anytown/business-as-usual"
OUTSIDE = 4
#: In this town the hospital trust has suppliers in the place.
SEED = 1


@pytest.fixture(scope="module")
def town() -> Economy:
    found = Economy(sim.load(SCENARIO), seed=SEED)
    for _ in range(2):
        found.step()
    return found


@pytest.fixture(scope="module")
def trail(town: Economy) -> Trail:
    return sim.follow(town, "hospital-trust")


def paid_in_the_month(town: Economy) -> tuple[np.ndarray, np.ndarray]:
    """What each account paid to each other, and what the hospital trust paid on contracts, read one booking at a time."""
    size = len(town.ledger)
    whole, first = np.zeros((size, size)), np.zeros(size)
    hospital = int(town.anchors["account"][[item.name for item in town.place.anchors].index("hospital-trust")])
    for booking in town.ledger.journal:
        if booking.channel in FINANCIAL:
            continue
        payers, payees = (np.broadcast_to(side, booking.pence.shape) for side in (booking.payer, booking.payee))
        np.add.at(whole, (payers, payees), booking.pence)
        if booking.channel == "contracts":
            np.add.at(first, payees[payers == hospital], booking.pence[payers == hospital])
    whole[:OUTSIDE] = 0.0
    return whole, first


def test_it_agrees_with_the_ledger(town: Economy, trail: Trail) -> None:
    """Hands and end points against (I - Q)^-1 solved in full on the same bookings."""
    whole, first = paid_in_the_month(town)
    assert trail.spent == first.sum()
    totals = whole.sum(axis=1)
    shares = np.divide(whole, totals[:, None], out=np.zeros_like(whole), where=totals[:, None] > 0)[OUTSIDE:]
    start = first / first.sum()
    visits = np.linalg.solve((np.eye(len(shares)) - shares[:, OUTSIDE:]).T, start[OUTSIDE:])
    assert trail.receipts == pytest.approx(visits.sum(), abs=1e-9)
    assert trail.hands == pytest.approx(visits.sum() / start[OUTSIDE:].sum(), abs=1e-9)
    ends = start[:OUTSIDE] + visits @ shares[:, :OUTSIDE]
    found = {kind: sum(part for title, part in trail.shares.items() if trail.kinds[title] == kind) for kind in set(trail.kinds.values())}
    assert found["government"] == pytest.approx(ends[0], abs=1e-9)
    assert found["next door"] + found["further away"] + found["owners outside"] == pytest.approx(ends[1] + ends[2], abs=1e-9)
    assert found["banks"] == pytest.approx(ends[3], abs=1e-9)
    assert found["kept here"] == pytest.approx(visits[totals[OUTSIDE:] == 0].sum(), abs=1e-9)


def test_shares_add_up_to_one_and_pence_to_the_money(trail: Trail) -> None:
    assert sum(trail.shares.values()) == pytest.approx(1.0, abs=1e-12)
    assert sum(trail.ends.values()) == sum(trail.by_kind().values()) == trail.total == 10_000
    gone = 0
    for step in trail.steps:
        gone += sum(step.left.values())
        assert gone + step.still_here == trail.total
    moved = trail.moves.groupby("payment")["share"].sum()
    assert moved.loc[1] == pytest.approx(1.0, abs=1e-12)
    here = trail.moves[trail.moves["inside"]].groupby("payment")["share"].sum()
    np.testing.assert_allclose(moved.to_numpy()[1:], here.to_numpy()[:-1], atol=1e-12)


def test_pooled_into_groups_it_is_the_monthly_measure(town: Economy) -> None:
    """All anchors' contracts: pooled, hands are those the recorder wrote; account by account they differ, and only by the pooling.

    A group passes on the average of its members weighted by all they pay; contracts reach some members more than others.
    """
    everyone = sim.follow(town, "all")
    measured = town.recorder.finish(town).measures
    assert everyone.hands_by_groups == pytest.approx(measured["hands_before_leaving"][-1], rel=1e-12)
    assert everyone.hands != pytest.approx(everyone.hands_by_groups, rel=1e-4)
    assert everyone.hands == pytest.approx(everyone.hands_by_groups, rel=0.2)


def test_the_likeliest_path_is_one_of_real_payments(town: Economy, trail: Trail) -> None:
    assert trail.path[0].payer == town.place.anchors[1].title
    assert [one.payee for one in trail.path[:-1]] == [one.payer for one in trail.path[1:]]
    amounts = [one.amount for one in trail.path]
    assert amounts == sorted(amounts, reverse=True)
    assert 0 < amounts[-1] < amounts[0] < 100


def test_pay_and_everything_begin_elsewhere(town: Economy) -> None:
    pay = sim.follow(town, "hospital-trust", of="pay", pounds=250.0, payments=3)
    assert sum(pay.ends.values()) == 25_000
    assert any(name.startswith("residents") for name in pay.steps[0].held)
    assert "government: work taxes" in pay.steps[0].left
    whole = sim.follow(town, "hospital-trust", of="everything")
    assert whole.spent >= pay.spent + sim.follow(town, "hospital-trust").spent


def test_money_that_was_not_paid_can_not_be_followed(town: Economy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(town.ledger, "journal", [one for one in town.ledger.journal if one.channel != "contracts"])
    with pytest.raises(InputError, match=f"{town.place.anchors[1].title} paid nothing of that kind in the period") as caught:
        sim.follow(town, "hospital-trust")
    (told,) = caught.value.problems
    assert (told.given, told.allowed) == ("contracts", "contracts, pay, everything")
    assert told.remedy == "choose another month, or --of everything"


def test_money_that_leaves_at_once_has_no_way_through_the_place(town: Economy, monkeypatch: pytest.MonkeyPatch) -> None:
    """All contracts go to suppliers further away, account 2: one payment, no hand."""
    away = [replace(one, payee=np.array([2], np.int32)) if one.channel == "contracts" else one for one in town.ledger.journal]
    monkeypatch.setattr(town.ledger, "journal", away)
    trail = sim.follow(town, "hospital-trust")
    assert (trail.path, trail.receipts, trail.hands, trail.hands_by_groups) == ((), 0.0, 0.0, 0.0)
    assert trail.by_kind() == {"further away": 10_000} and trail.steps[0].still_here == 0


def test_a_scenario_is_run_to_the_month_and_gives_the_same(town: Economy, trail: Trail) -> None:
    again = sim.follow(SCENARIO, "hospital-trust", month=2, seed=SEED)
    assert again.as_dict() == trail.as_dict()
    assert json.loads(json.dumps(again.as_dict()))["total"] == 10_000
    assert again.table()["amount"].sum() > 0


def test_a_year_sums_twelve_months() -> None:
    year = sim.follow(SCENARIO, "council", month=12, year=True, seed=3)
    month = sim.follow(SCENARIO, "council", month=12, seed=3)
    assert year.months == 12
    assert 11 * month.spent < year.spent < 13 * month.spent
    assert sum(year.ends.values()) == 10_000


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"anchor": "hospital-trus"}, "nearest: hospital-trust"),
        ({"anchor": "anytown counci"}, "nearest: council"),
        ({"anchor": "zzz"}, "allowed: council, hospital-trust"),
        ({"month": 3}, "allowed: 1 to 2"),
        ({"year": True}, "the twelve months"),
        ({"pounds": 0.0}, "there is no money to follow"),
        ({"payments": 0}, "allowed: 1 to 60"),
        ({"of": "contract"}, "nearest: contracts"),
    ],
)
def test_what_can_not_be_followed_is_refused(town: Economy, given: dict, words: str) -> None:
    with pytest.raises(InputError) as caught:
        sim.follow(town, **{"anchor": "council", **given})
    text = " ".join(str(caught.value).split())
    assert words in text


def test_a_month_beyond_the_run_is_refused() -> None:
    with pytest.raises(InputError, match="the run has no such month"):
        sim.follow(SCENARIO, "council", month=121)


def call(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["follow", SCENARIO, "--seed", "3", "--month", "1", *arguments], prog_name="localwealth")


def test_the_command_prints_a_table_and_writes_a_page(tmp_path: Path) -> None:
    folder = tmp_path / "council"
    result = call("--anchor", "council", "--out", str(folder))
    assert result.exit_code == 0, result.output
    assert "£100.00 of Anytown Council: contract spend, month 1 (2013-04)" in result.stdout
    assert "£100.00  all together" in result.stdout
    assert "The likeliest way through the place: Anytown Council paid" in result.stdout
    page = (folder / "follow.html").read_text(encoding="utf-8")
    assert page.count("<svg") == page.count('role="img"') == 1
    assert "Where it goes. After the first payment" in page
    assert page.count("<caption>") == 3
    table = pd.read_csv(folder / "follow.csv")
    assert round(table[table["where"] == "in the end"]["amount"].sum(), 2) == 100.0
    moves = pd.read_csv(folder / "payments.csv")
    assert moves[moves["payment"] == 1]["share"].sum() == pytest.approx(1.0, abs=1e-9)
    again = call("--anchor", "council", "--out", str(folder))
    assert again.exit_code == 2
    assert "nothing is ever overwritten" in again.output


def test_the_command_speaks_json() -> None:
    said = json.loads(call("--anchor", "all", "--json", "--hops", "2", "--pounds", "50").stdout)
    assert (said["total"], len(said["steps"]), said["files"]) == (5000, 2, [])
    assert sum(said["ends"].values()) == 5000


def test_the_command_names_the_nearest_anchor() -> None:
    result = call("--anchor", "counsil")
    assert result.exit_code == 2
    assert "nearest: council" in result.output


def test_a_folder_that_is_taken_is_refused_before_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run_to(*_: object) -> None:
        raise AssertionError("the town was run for nothing")

    monkeypatch.setattr("sim.runs.following.follow._run_to", run_to)
    (tmp_path / "mine.txt").write_text("mine")
    result = call("--anchor", "council", "--out", str(tmp_path))
    assert result.exit_code == 2
    assert "there is something already" in result.stderr
