"""Explanations: shares of members of a package from runs of its parts, to the penny, and no run twice."""

from __future__ import annotations

import concurrent.futures
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from stand_in import MEASURES, StandIn, package, together

import sim
from sim.errors import InputError, UnknownNameError
from sim.runs import Explanation, Interrupted, compare, explain, load_explanations, load_result
from sim.runs.explaining.coalitions import LOCAL_SECTORS, CoalitionTask, coalition_scenario, uses_beyond
from sim.runs.explaining.explanation import WHOLE
from sim.runs.explaining.words import how_it_was_made

SPEND, WEIGHT, WAGE = "local_spend_target", "social_value_weight", "living_wage_anchors"
THREE = package("town/three", (SPEND, {"effect": 2.0}), (WAGE, {"effect": 1.0}), (WEIGHT, {"effect": 4.0}))


def explained(scenario: Any = THREE, **options: Any) -> Explanation:
    return explain(scenario, **{"seeds": 3, "workers": 1, "factory": StandIn, "known": MEASURES, "measures": ["level"], **options})


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Counts openings and copies that the stand-in made since it was asked last."""
    folder = tmp_path / "notes"
    folder.mkdir()
    monkeypatch.setenv("STAND_IN_NOTES", str(folder))

    def count() -> dict[str, int]:
        words = [line.split()[0] for path in folder.iterdir() for line in path.read_text().splitlines()]
        for path in folder.iterdir():
            path.unlink()
        return {word: words.count(word) for word in sorted(set(words))}

    return count


def test_shares_of_a_game_with_pairs() -> None:
    """A pair's help is halved between the two: 2 + (0.2 + 0.8) / 2 and so on."""
    shares = explained().shares("level").set_index("member")["share"]
    np.testing.assert_allclose(shares[[SPEND, WAGE, WEIGHT]], [2.5, 1.3, 4.6], atol=1e-12)
    assert shares[WHOLE] == pytest.approx(together([2.0, 1.0, 4.0]))


def test_a_pillar_is_one_member() -> None:
    explanation = explained(by="pillar")
    assert explanation.members == {"procurement": "Procurement", "employment": "Employment"}
    shares = explanation.shares("level").set_index("member")["share"]
    assert shares["procurement"] == pytest.approx(6.0 + 0.8 + 0.3)
    assert explanation.facts["members"][0]["uses"] == [SPEND, WEIGHT]


def test_channels_add_up_to_the_penny_in_every_seed() -> None:
    uneven = package("town/uneven", (SPEND, {"effect": 0.013}), (WAGE, {"effect": 0.171}), (WEIGHT, {"effect": 1.377}))
    explanation = explained(uneven)
    by_seed = explanation.tables["by_seed"].query("measure == 'received/wages'").pivot(index="seed", columns="member", values="pence")
    whole = round(100 * together([0.013, 0.171, 1.377]))
    assert (by_seed[WHOLE] == whole).all()
    assert (by_seed[[SPEND, WAGE, WEIGHT]].sum(axis=1) == whole).all()
    channels = explanation.channels()
    assert channels.loc["wages"].tolist()[:3] == by_seed.iloc[0][[SPEND, WAGE, WEIGHT]].tolist()
    assert list(channels.index) == ["wages"]


def test_uses_of_one_lever_are_members_of_their_own() -> None:
    twice = package("town/twice", (SPEND, {"effect": 1.0}), (SPEND, {"effect": 2.0}))
    assert list(explained(twice).members) == [f"{SPEND} (1)", f"{SPEND} (2)"]


def test_each_run_is_made_once(notes: Any, tmp_path: Path) -> None:
    out = tmp_path / "mine"
    first = explained(out=out)
    assert notes() == {"copy": 3 + 3 * 5, "open": 3 + 3}
    assert first.facts["runs"] == 3 * 6
    again = explained(out=out, by="pillar", measures=["count", "share"])
    assert notes() == {}
    assert again.measures == ("count", "share/council", "share/police")
    more = explained(out=out, seeds=4)
    assert notes() == {"copy": 1 + 5, "open": 1 + 1}
    assert more.seeds == load_result(out).seeds == (1, 2, 3, 4)
    whole = explained(seeds=4)
    notes()
    for name, table in whole.tables.items():
        assert table.equals(more.tables[name]), name
    assert [item.by for item in load_explanations(load_result(out))] == ["pillar", "lever"]


def test_a_grown_result_is_that_of_one_go(tmp_path: Path) -> None:
    explained(out=tmp_path / "grown", seeds=[1, 3])
    explained(out=tmp_path / "grown", seeds=4)
    explained(out=tmp_path / "once", seeds=4)
    for path in (tmp_path / "once").rglob("*.parquet"):
        if "runs" not in path.parts:
            assert path.read_bytes() == (tmp_path / "grown" / path.relative_to(tmp_path / "once")).read_bytes(), path.name


def test_a_copy_under_another_name_goes_on(tmp_path: Path) -> None:
    explained(out=tmp_path / "mine", by="pillar", seeds=2)
    more = explained(replace(THREE, name="town/copy"), out=tmp_path / "mine")
    assert more.facts["scenario"] == "town/three"
    assert load_result(tmp_path / "mine").arms == ("town/three without policies", "town/three")
    assert more.tables["shares"].equals(explained().tables["shares"])


def test_workers_change_nothing(tmp_path: Path) -> None:
    one = explained(out=tmp_path / "one", seeds=2)
    explained(out=tmp_path / "two", seeds=2, workers=2)
    with concurrent.futures.ThreadPoolExecutor(3) as threads:
        other = explained(seeds=2, executor=threads)
    assert all(table.equals(other.tables[name]) for name, table in one.tables.items())
    for name in ("shares", "channels", "by_seed"):
        files = [tmp_path / folder / "explanation" / "lever" / f"{name}.parquet" for folder in ("one", "two")]
        assert files[0].read_bytes() == files[1].read_bytes()


class Stopping(StandIn):
    """Is interrupted in its second seed when a part of the package is run."""

    def run(self, months: int | None = None) -> Any:
        if self.seed == 2 and len(self.scenario.policies) == 2:
            raise KeyboardInterrupt
        return super().run(months)


def test_what_was_done_before_ctrl_c_is_not_run_again(notes: Any, tmp_path: Path) -> None:
    out = tmp_path / "mine"
    with pytest.raises(Interrupted) as stop:
        explained(out=out, factory=Stopping)
    assert "12 runs had ended" in stop.value.message
    assert stop.value.message.endswith(f"To go on: localwealth explain town/three --by lever --seeds 3 --measures level --out {out}")
    notes()
    assert explained(out=out).tables["shares"].equals(explained().tables["shares"])
    again = explained(out=out)
    assert again.facts["runs"] == 0
    assert str(tmp_path) not in (out / "explanation" / "lever" / "explanation.json").read_text()


class StoppingEarly(StandIn):
    """Is interrupted in its second seed, at once."""

    stops_at = 2

    def run(self, months: int | None = None) -> Any:
        if self.seed == self.stops_at:
            raise KeyboardInterrupt
        return super().run(months)


def test_ctrl_c_while_the_two_arms_run_keeps_the_seeds_that_ended(tmp_path: Path) -> None:
    out = tmp_path / "mine"
    with pytest.raises(Interrupted, match="2 runs had ended"):
        explained(out=out, factory=StoppingEarly)
    assert load_result(out).seeds == (1,)
    with pytest.raises(Interrupted, match="nothing was kept"):
        explained(factory=StoppingEarly)
    assert explained(out=out).tables["shares"].equals(explained().tables["shares"])


class StoppingAt(StoppingEarly):
    """Is interrupted at once in a seed that is asked for later."""

    stops_at = 4


def test_ctrl_c_while_seeds_are_added_keeps_those_that_ended(tmp_path: Path) -> None:
    out = tmp_path / "mine"
    explained(seeds=[1], out=out)
    with pytest.raises(Interrupted):
        explained(seeds=[1, 4], out=out, factory=StoppingAt)
    assert load_result(out).seeds == (1,), "nothing of the new seed had ended"
    with pytest.raises(Interrupted) as stop:
        explained(seeds=[1, 2, 4], out=out, factory=StoppingAt)
    assert stop.value.result is not None and stop.value.result.seeds == (1, 2)


class Failing(StandIn):
    """Fails in its second seed when a part of the package is run."""

    def run(self, months: int | None = None) -> Any:
        if self.seed == 2 and len(self.scenario.policies) == 1:
            raise ZeroDivisionError("nothing to divide")
        return super().run(months)


def test_a_seed_with_a_failed_part_counts_nowhere() -> None:
    explanation = explained(factory=Failing)
    assert explanation.seeds == (1, 3)
    (failure,) = explanation.failures
    assert (failure.seed, failure.error) == (2, "ZeroDivisionError")
    assert failure.repeat.startswith("localwealth explain town/three --by lever")
    assert explanation.shares("level")["pairs"].tolist() == [2] * 4


def test_more_than_eight_members_are_sampled() -> None:
    nine = package("town/nine", *((SPEND, {"effect": float(number)}) for number in range(9)))
    explanation = explained(nine, seeds=5, permutations=4)
    assert (explanation.method, explanation.facts["orders"]) == ("sampled", 4)
    # Effects of single members and of pairs are met without error by an order and the same backwards.
    expected = [number + 0.05 * number * (36 - number) for number in range(9)]
    np.testing.assert_allclose(explanation.shares("level")["share"][:9], expected, atol=1e-9)
    by_seed = explanation.tables["by_seed"].query("measure == 'received/wages'").pivot(index="seed", columns="member", values="pence")
    assert (by_seed[list(explanation.members)].sum(axis=1) == by_seed[WHOLE]).all()


def test_measures_that_do_not_exist_in_a_seed_are_missing_there() -> None:
    gone = package("town/gone", (SPEND, {"effect": 2.0, "missing_at": 2}), (WAGE, {"effect": 1.0}))
    rows = explained(gone).shares("level")
    assert rows["pairs"].tolist() == [2, 2, 2]
    assert rows["missing"].tolist() == [1, 1, 1]


def test_a_reference_with_fewer_policies() -> None:
    fewer = package("town/fewer", (WAGE, {"effect": 1.0}))
    explanation = explained(reference=fewer)
    assert list(explanation.members) == [SPEND, WEIGHT]
    shares = explanation.shares("level").set_index("member")["share"]
    np.testing.assert_allclose(shares[[SPEND, WEIGHT]], [2.0 + 0.4 + 0.2, 4.0 + 0.4 + 0.4], atol=1e-12)


def test_a_package_that_changes_nothing_yet() -> None:
    explanation = explained(package("town/later", (SPEND, {}), (WAGE, {})))
    assert explanation.shares("level")["decision"].tolist() == ["identical"] * 3
    assert explanation.channels().empty
    assert list(explanation.channels().columns) == [SPEND, WAGE, WHOLE]


def test_sectors_have_intervals_and_no_verdict() -> None:
    table = explained().tables["channels"]
    assert set(table["sector"]) == {"all", "residents"}
    assert set(table[table["sector"] == "residents"]["decision"]) == {""}
    assert (table[table["sector"] == "residents"]["low"] <= table[table["sector"] == "residents"]["pence"]).all()


def test_the_scenario_without_its_policies_has_no_notes_on_them() -> None:
    assert (
        explained(replace(THREE, notes="Everything at once.")).result.scenarios["town/three without policies"]["settings"]["notes"]["value"]
        == ""
    )


def test_parts_keep_the_order_of_the_scenario() -> None:
    uses = uses_beyond(THREE, package("town/fewer", (WAGE, {"effect": 1.0})))
    assert [use.use for use in uses] == [SPEND, WEIGHT]
    assert [use.use for use in coalition_scenario(THREE, uses, 0b10).policies] == [WAGE, WEIGHT]
    assert coalition_scenario(THREE, uses, 0b11).policies == THREE.policies


def test_an_explanation_joins_a_comparison_of_the_same_arms(notes: Any, tmp_path: Path) -> None:
    usual = package("town/usual")
    compare([usual, THREE], seeds=3, workers=1, factory=StandIn, measures=MEASURES, out=tmp_path / "mine")
    notes()
    explanation = explained(out=tmp_path / "mine")
    assert notes() == {"copy": 3 * 5, "open": 3}
    assert (explanation.facts["reference"], explanation.facts["scenario"]) == ("town/usual", "town/three")
    with pytest.raises(InputError, match="has no seed 4, 5, and it was not made by explain"):
        explained(out=tmp_path / "mine", seeds=5)


def test_two_packages_in_one_folder_keep_their_parts_apart(tmp_path: Path) -> None:
    other = package("town/other", (SPEND, {"effect": 20.0}), (WAGE, {"effect": 10.0}), (WEIGHT, {"effect": 40.0}))
    compare([package("town/usual"), THREE, other], seeds=2, workers=1, factory=StandIn, measures=MEASURES, out=tmp_path / "mine")
    explained(out=tmp_path / "mine", seeds=2)
    assert explained(other, out=tmp_path / "mine", seeds=2).tables["shares"].equals(explained(other, seeds=2).tables["shares"])


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"scenario": package("town/usual")}, "the scenario has no policy beyond its reference"),
        ({"reference": THREE}, "the scenario has no policy beyond its reference"),
        ({"reference": package("town/other", (WEIGHT, {"effect": 9.0}))}, "has policies that town/three has not: social_value_weight"),
        ({"reference": replace(package("town/later"), neighbours="same-policies")}, "differs from town/three in neighbours"),
        ({"by": "pilar"}, "write pillar"),
        ({"permutations": 5}, "write 6"),
        ({"permutations": 0}, "write 2"),
        ({"workers": 0}, "there must be a worker"),
        ({"months": 0}, "so many months can't be run"),
        ({"seeds": 0}, "0 seeds can't be run"),
        ({"out": "taken"}, "this folder is no result"),
        ({"out": "mine", "months": 5}, "this result has 14 months, and 5 are asked for"),
        ({"out": "mine", "scenario": package("town/one", (SPEND, {"effect": 3.0}))}, "no arm that is the same as town/one"),
    ],
)
def test_what_cannot_be_explained_is_refused(options: Any, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("taken").mkdir()
    if options.get("out") == "mine":
        explained(out="mine", seeds=1)
    with pytest.raises(InputError) as refusal:
        explained(**options)
    assert said in str(refusal.value)


def test_an_unknown_measure_names_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="nearest name is 'level'"):
        explained(measures=["levle"])
    with pytest.raises(UnknownNameError, match="'share/council'"):
        explained(measures=["share/counsil"])
    with pytest.raises(UnknownNameError, match="explained measure"):
        explained().shares("count")


def test_another_version_is_not_mixed_in(tmp_path: Path) -> None:
    explained(out=tmp_path / "mine")
    manifest = tmp_path / "mine" / "manifest.json"
    manifest.write_text(manifest.read_text().replace(f'"localwealth": "{sim.__version__}"', '"localwealth": "0.0.9"'))
    with pytest.raises(InputError, match=r"made by version 0\.0\.9"):
        explained(out=tmp_path / "mine")


def test_damaged_parts_are_named(tmp_path: Path) -> None:
    explained(out=tmp_path / "mine")
    part = next((tmp_path / "mine" / "explanation" / "runs").rglob("*.parquet"))
    part.write_bytes(b"no table")
    with pytest.raises(InputError, match="this part of the explanation can't be read"):
        explained(out=tmp_path / "mine")
    (tmp_path / "mine" / "explanation" / "lever" / "explanation.json").write_text("{")
    with pytest.raises(InputError, match="this explanation can't be read"):
        load_explanations(load_result(tmp_path / "mine"))


@pytest.fixture(scope="module")
def town() -> tuple[Explanation, Any]:
    """Two levers of the invented town explained, and the four arms compared by hand."""
    base = sim.load("anytown/full-package")
    uses = [use for use in base.policies if use.use in (SPEND, "living_wage_anchors")]
    arms = [replace(base, name=f"arm {mask}", policies=tuple(use for i, use in enumerate(uses) if mask >> i & 1)) for mask in range(4)]
    return sim.explain(arms[3], seeds=2, months=6, workers=1), compare(arms, seeds=2, months=6, workers=1)


def test_two_levers_of_a_town_by_hand_to_the_penny(town: tuple[Explanation, Any]) -> None:
    explanation, arms = town
    totals = arms.tables["channel_totals"]
    local = totals[totals["sector"].isin(LOCAL_SECTORS)].groupby(["seed", "channel", "arm"], observed=True)["received"].sum()
    told = explanation.tables["by_seed"].set_index(["seed", "measure", "member"])["pence"]
    moved = 0
    for seed in (1, 2):
        for channel in totals["channel"].unique():
            none, one, other, both = (int(local.get((seed, channel, f"arm {mask}"), 0)) for mask in range(4))
            twice = [one - none + both - other, other - none + both - one]
            shares = [int(told.get((seed, f"received/{channel}", member), 0)) for member in explanation.members]
            assert sum(shares) == both - none == int(told.get((seed, f"received/{channel}", WHOLE), 0))
            assert all(abs(2 * share - part) <= 1 for share, part in zip(shares, twice, strict=True))
            moved += both != none
    assert moved > 4


def test_two_levers_of_a_town_by_hand_for_measures(town: tuple[Explanation, Any]) -> None:
    explanation, arms = town
    for measure in ("retention_place/all", "policy_costs", "below_living_wage"):
        none, one, other, both = (arms.by_seed(measure, f"arm {mask}") for mask in range(4))
        shares = explanation.shares(measure)["share"].tolist()
        expected = [np.mean(one - none + both - other) / 2, np.mean(other - none + both - one) / 2, np.mean(both - none)]
        np.testing.assert_allclose(shares, expected, rtol=1e-9, atol=1e-12)


def test_an_explanation_says_how_it_was_made_and_what_it_is(tmp_path: Path) -> None:
    nine = package("town/nine", *((SPEND, {"effect": float(number)}) for number in range(9)))
    sampled, exact = explained(nine, seeds=2, permutations=4), explained()
    assert repr(exact) == "Explanation(town/three by lever, 3 members, 3 seeds, exact)"
    assert how_it_was_made(exact)[0].startswith("All 8 sets of the 3 levers were run on each of 3 seeds of 14 months")
    said = how_it_was_made(sampled)
    assert said[0].startswith("9 levers, 2 seeds of 14 months: for each seed 4 orders were drawn, half of them the others backwards")
    assert said[2].endswith("each seed has orders of its own, so they hold the luck of the draw of orders too.")
    assert load_explanations(replace(exact.result, path=None)) == []


def test_a_part_whose_worker_died_is_a_failure_of_its_seed() -> None:
    outcome = CoalitionTask.lost(SimpleNamespace(seed=7))  # type: ignore[arg-type]
    assert outcome.failure is not None
    assert (outcome.seed, outcome.failure.seed, outcome.failure.error) == (7, 7, "LostWorker")
