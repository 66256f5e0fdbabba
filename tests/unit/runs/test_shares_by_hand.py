"""Shares of a package of two, over two seeds, each number worked out by hand; no run is made."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from sim.runs.explaining.coalitions import RECEIVED, Member
from sim.runs.explaining.explanation import WHOLE
from sim.runs.explaining.shapley import Game, exact_game, mean_pence, sampled_game, sampled_orders, whole_shares
from sim.runs.explaining.shares import ALL, COLUMNS, _matrix, _told_from_rounding, play, share_tables
from sim.runs.outcome import MeasureFacts
from sim.runs.statistics.differences import HIGHER, IDENTICAL, NO_DIFFERENCE

FIRST, SECOND = Member("first", "The first", 1), Member("second", "The second", 2)


def frame(values: dict[str, list[float]], pence: dict[str, list[int]]) -> pd.DataFrame:
    """One seed: values of measures and pence received, of neither, the first, the second and both."""
    rows = [(mask, name, float(value), 0) for name, many in values.items() for mask, value in enumerate(many)]
    rows += [(mask, f"{RECEIVED}{name}", 0.0, value) for name, many in pence.items() for mask, value in enumerate(many)]
    return pd.DataFrame(rows, columns=["coalition", "name", "value", "pence"])


@pytest.fixture
def tables() -> dict[str, pd.DataFrame]:
    """Jobs: alone 60 and 20, together 100, so 70 and 30; in the second seed two more each. Wages of a penny that can't be halved."""
    wages = {"wages/residents": [0, 0, 0, 1], "wages/anchors": [5, 15, 5, 15], "rents/residents": [3, 3, 3, 3]}
    frames = {
        7: frame({"jobs": [0, 60, 20, 100], "still": [4, 4, 4, 4]}, wages),
        9: frame({"jobs": [0, 62, 22, 104], "still": [4, 4, 4, 4]}, wages),
    }
    played = play(frames, {7: exact_game(2), 9: exact_game(2)}, lambda mask: mask, ["jobs", "still"])
    facts = {"jobs": MeasureFacts("jobs", unit="jobs", kind="count", summary="last")}
    return share_tables(played, [FIRST, SECOND], [7, 9], facts, {"jobs": "Jobs in the place"})


def test_shares_over_seeds(tables: dict[str, pd.DataFrame]) -> None:
    shares = tables["shares"].set_index(["measure", "member"])
    assert tuple(tables["shares"]) == COLUMNS["shares"]
    assert list(shares.index) == [(name, who) for name in ("jobs", "still") for who in ("first", "second", WHOLE)]
    assert shares.loc["jobs", "share"].tolist() == [71.0, 31.0, 102.0]
    assert shares.loc["jobs", "part"].tolist() == pytest.approx([71 / 102, 31 / 102, 1.0])
    first = shares.loc[("jobs", "first")]
    assert first[["title", "unit", "kind", "rule", "member_title"]].tolist() == ["Jobs in the place", "jobs", "count", "last", "The first"]
    # 70 and 72: spread sqrt 2, reach 12.706.
    assert (first["low"], first["high"], first["spread"]) == pytest.approx((71 - 12.7062047, 71 + 12.7062047, math.sqrt(2)))
    assert (first["pairs"], first["missing"], first["decision"]) == (2, 0, HIGHER)
    assert shares.loc[("jobs", WHOLE), "member_title"] == "Whole effect"
    assert set(shares.loc["still", "decision"]) == {IDENTICAL} and shares.loc["still", "part"].isna().all()
    assert shares.loc[("still", "first"), "title"] == "still"


def test_shares_seed_by_seed(tables: dict[str, pd.DataFrame]) -> None:
    rows = tables["by_seed"]
    assert tuple(rows) == COLUMNS["by_seed"]
    jobs = rows[rows["measure"] == "jobs"].set_index(["seed", "member"])
    assert {key: float(value) for key, value in jobs["share"].items()} == {
        (7, "first"): 70.0, (7, "second"): 30.0, (7, WHOLE): 100.0, (9, "first"): 72.0, (9, "second"): 32.0, (9, WHOLE): 104.0,
    }  # fmt: skip
    assert set(jobs["pence"]) == {0}
    penny = rows[(rows["measure"] == f"{RECEIVED}wages/residents") & (rows["seed"] == 9)].set_index("member")
    assert penny["pence"].to_dict() == penny["share"].to_dict() == {"first": 1, "second": 0, WHOLE: 1}
    assert set(rows["measure"]) == {"jobs", "still", f"{RECEIVED}wages", f"{RECEIVED}wages/anchors", f"{RECEIVED}wages/residents"}


def test_channels_in_whole_pence(tables: dict[str, pd.DataFrame]) -> None:
    """Of wages the first makes 10.5 and the second half a penny: 11 in all; the penny falls to the first. Rents never change."""
    channels = tables["channels"].set_index(["channel", "sector", "member"])
    assert tuple(tables["channels"]) == COLUMNS["channels"]
    assert {key: int(value) for key, value in channels["pence"].items()} == {
        ("wages", sector, who): pence
        for sector, three in ((ALL, (11, 0, 11)), ("anchors", (10, 0, 10)), ("residents", (1, 0, 1)))
        for who, pence in zip(("first", "second", WHOLE), three, strict=True)
    }
    of_all, of_one = channels.loc[("wages", ALL, "first")], channels.loc[("wages", "residents", "first")]
    assert (of_all["part"], of_all["decision"], of_all["pairs"]) == (pytest.approx(10.5 / 11), HIGHER, 2)
    assert (of_one["part"], of_one["decision"], of_one["pairs"], of_one["missing"]) == (0.5, "", 2, 0)
    assert channels.loc[("wages", "anchors", "first"), "part"] == 1.0
    assert set(channels["member_title"]) == {"The first", "The second", "Whole effect"}
    assert (of_one["low"], of_one["high"], of_one["spread"]) == (0.5, 0.5, 0.0) and math.isnan(of_one["p_value"])
    assert (channels.loc[("wages", ALL, WHOLE), "part"], channels.loc[("wages", "anchors", "second"), "part"]) == (1.0, 0.0)


def test_a_share_that_cancels_over_seeds_has_no_part() -> None:
    """Plus and minus one penny: the whole effect is nought over both seeds, so there is nothing to be a part of."""
    pence = [{"rents/anchors": [0, 2, 0, 2]}, {"rents/anchors": [2, 0, 2, 0]}]
    frames = {seed: frame({"jobs": [0, 1 - 2 * seed, 0, 1 - 2 * seed]}, pence[seed]) for seed in (0, 1)}
    played = play(frames, {0: exact_game(2), 1: exact_game(2)}, lambda mask: mask, ["jobs"])
    found = share_tables(played, [FIRST, SECOND], [0, 1], {}, {})
    assert found["channels"]["part"].isna().all() and set(found["channels"]["pence"]) == {0}
    assert found["shares"]["part"].isna().all() and found["shares"]["decision"].tolist() == [NO_DIFFERENCE, IDENTICAL, NO_DIFFERENCE]


def test_a_seed_without_a_value_and_nothing_received() -> None:
    frames = {7: frame({"jobs": [0, 60, 20, 100]}, {}), 9: frame({"jobs": [0, 60, 20, math.nan]}, {})}
    played = play(frames, {7: exact_game(2), 9: exact_game(2)}, lambda mask: mask, ["jobs"])
    found = share_tables(played, [FIRST, SECOND], [7, 9], {}, {})
    assert found["channels"].empty and played.flows == ()
    assert tuple(found["channels"]) == COLUMNS["channels"]
    assert found["shares"][["share", "pairs", "missing"]].to_numpy().tolist() == [[70.0, 1, 1], [30.0, 1, 1], [100.0, 1, 1]]
    assert found["shares"]["part"].tolist() == pytest.approx([0.7, 0.3, 1.0])
    frames = {9: frame({"jobs": [math.nan] * 4}, {})}
    none = share_tables(play(frames, {9: exact_game(2)}, lambda mask: mask, ["jobs"]), [FIRST, SECOND], [9], {}, {})
    assert none["shares"]["part"].isna().all() and set(none["shares"]["missing"]) == {1}


def test_coalitions_that_are_one_set_of_uses_are_run_once() -> None:
    """Here the second member is no use of its own: with both is as with the first, and alone is as with none."""
    rows = frame({"jobs": [0.0, 50.0]}, {"wages/anchors": [4, 9]})
    played = play({1: rows}, {1: exact_game(2)}, lambda mask: mask & 1, ["jobs", "unknown"])
    assert played.shares[0, :, 0].tolist() == [50.0, 0.0] and np.isnan(played.shares[0, :, 1]).all()
    assert played.flows == (("wages", ALL), ("wages", "anchors")) and played.denominator == 2
    assert played.numerators[0].tolist() == [[10, 10], [0, 0]]


def test_what_a_run_did_not_receive_is_nought() -> None:
    rows = frame({"jobs": [0.0, 1.0, 2.0, 3.0]}, {"wages/anchors": [8, 8, 8, 8]})
    played = play({1: rows[(rows["pence"] == 0) | (rows["coalition"] == 3)]}, {1: exact_game(2)}, lambda mask: mask, ["jobs"])
    assert played.numerators[0].tolist() == [[8, 8], [8, 8]]


def test_a_table_by_coalition_and_name() -> None:
    given = frame({"jobs": [1.0, 2.0], "pay": [3.0, 4.0]}, {})
    np.testing.assert_array_equal(_matrix(given, [1, 0, 1], ["pay", "none"], "value", np.nan), [[4, np.nan], [3, np.nan], [4, np.nan]])
    assert _matrix(given, [0], [], "pence", 0).shape == (1, 0)


def test_what_rounding_leaves_of_a_share() -> None:
    small = np.array([[0.5]])
    assert _told_from_rounding(np.array([[40 * float(np.finfo(np.float64).eps)]]), small)[0, 0] > 0
    values = np.array([[0.0, 1.0], [3.0, math.nan]])
    unit = float(np.finfo(np.float64).eps)
    found = _told_from_rounding(np.array([[192 * unit, 64 * unit], [-193 * unit, 65 * unit]]), values)
    assert found.tolist() == [[0.0, 0.0], [-193 * unit, 65 * unit]]


# Games


def test_an_exact_game_of_one_and_the_refusal_of_none_and_of_nine() -> None:
    game = exact_game(1)
    assert (game.coalitions, game.weights.tolist(), game.denominator) == ((0, 1), [[-1, 1]], 1)
    assert exact_game(8).denominator == 40_320
    for players in (0, 9):
        with pytest.raises(ValueError, match=f"^an exact game has 1 to 8 players, not {players}$"):
            exact_game(players)


def test_shares_too_large_for_whole_machine_numbers_are_exact() -> None:
    """2**61 and a penny, of which three players with equal weight each make a third."""
    game = exact_game(3)
    most = 2**61 + 1
    pence = np.array([[most if mask == 7 else 0] for mask in range(8)], np.int64)
    assert [int(one) for (one,) in game.numerators(pence)] == [2 * most] * 3
    assert [type(one) for (one,) in game.numerators(pence)] == [int] * 3
    plain = game.numerators(np.arange(8)[:, None])
    assert [int(one) for (one,) in plain] == [6, 12, 24] and plain.dtype == object


def test_weights_are_put_to_the_edge_of_machine_numbers() -> None:
    """Weights of 4 in all: 2**60 is past what is safe, a penny less is not; both are exact."""
    for most in (2**60, 2**60 - 1):
        game = Game(1, (0, 1), np.array([[-2, 2]]), 1)
        assert game._heaviest == 4
        assert int(game.numerators(np.array([[0], [most]]))[0, 0]) == 2 * most


def test_the_values_with_nobody_need_not_stand_first() -> None:
    game = Game(2, (3, 1, 0), np.array([[1, 1, -2], [2, -2, 0]]), 2)
    values = np.array([[9.0], [5.0], [1.0]])
    assert game.shares(values).ravel().tolist() == [6.0, 4.0] and game.whole(values).tolist() == [8.0]


@pytest.mark.parametrize("orders", [0, 1, 3])
def test_orders_come_in_pairs(orders: int) -> None:
    with pytest.raises(
        ValueError, match=f"^orders come in pairs, one forwards and one backwards: an even number of 2 or more, not {orders}$"
    ):
        sampled_orders(3, orders, 1)


def test_sampled_orders_are_permutations_and_their_mirrors() -> None:
    orders = sampled_orders(5, 6, seed=3)
    assert orders.shape == (6, 5) and (np.sort(orders, axis=1) == np.arange(5)).all()
    assert (orders[3:] == orders[:3, ::-1]).all() and len({tuple(one) for one in orders.tolist()}) == 6
    assert (sampled_orders(5, 2, seed=3)[0] == orders[0]).all() and (sampled_orders(5, 6, seed=4) != orders).any()


def test_a_sampled_game_by_hand() -> None:
    """Orders 0, 1, 2 and 2, 1, 0: player 0 comes first once and last once, player 1 always second."""
    game = sampled_game(np.array([[0, 1, 2], [2, 1, 0]]))
    assert (game.players, game.coalitions, game.denominator) == (3, (0, 1, 3, 4, 6, 7), 2)
    assert game.weights.tolist() == [[-1, 1, 0, 0, -1, 1], [0, -1, 1, -1, 1, 0], [-1, 0, -1, 1, 0, 1]]


def test_remainders_are_rounded_up_from_the_largest() -> None:
    assert whole_shares([1, 2, 3], 4) == [0, 1, 1]
    assert whole_shares([3, 2, 1], 4) == [1, 1, 0]
    assert whole_shares([1, 1], 4) == [1, 0]
    assert whole_shares([1, 0], 4) == [0, 0]
    assert whole_shares([], 4) == []


def test_means_over_seeds_add_up_in_each_column() -> None:
    """Of 3 and 4 thirds in one column, 10 and 10 in the other; the mean of two seeds is over six."""
    found = mean_pence([np.array([[3, 10], [4, 10]], object), np.array([[3, 10], [4, 10]], object)], 3)
    assert found.tolist() == [[1, 4], [1, 3]] and found.dtype == np.int64
