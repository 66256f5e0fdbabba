"""The points of an experiment: the same rows anywhere, within their ranges, in the order that the analyses need."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from sim.runs.sweep.design import points_of, problem_of
from sim.settings.experiment import Design, Experiment, Varied


def varied(name: str, **said: object) -> Varied:
    return Varied(f"a.{name}", "parameter", (f"a.{name}",), **{"low": 0.0, "high": 1.0, "usual": 0.5, **said})  # type: ignore[arg-type]


def made(design: Design, *vary: Varied) -> Experiment:
    return Experiment("made", "Made", "", {}, 12, (1, 2), design, vary, ("jobs",))


DRAWN = [
    Design("latin-hypercube", points=9, seed=3),
    Design("sobol", points=8, seed=3),
    Design("sobol", points=8, second_order=True, seed=3),
    Design("morris", trajectories=5, levels=4, seed=3),
]


@pytest.mark.parametrize("design", DRAWN, ids=lambda design: f"{design.kind}-{design.second_order}")
def test_a_drawn_design_lies_within_its_ranges_and_is_the_same_again(design: Design) -> None:
    vary = (varied("one", low=-1.0, high=3.0), varied("two", low=10.0, high=20.0), varied("three"))
    points = points_of(made(design, *vary))
    assert points.shape == (made(design, *vary).points, 3) and points.dtype == np.float64
    assert (points >= [-1.0, 10.0, 0.0]).all() and (points <= [3.0, 20.0, 1.0]).all()
    assert points.tobytes() == points_of(made(design, *vary)).tobytes()
    other = Design(**{name: getattr(design, name) for name in ("kind", "points", "levels", "trajectories", "second_order")}, seed=4)
    assert points.tobytes() != points_of(made(other, *vary)).tobytes()


def test_the_global_stream_of_numpy_is_left_alone() -> None:
    np.random.seed(5)  # noqa: NPY002
    expected = np.random.random()  # noqa: NPY002
    np.random.seed(5)  # noqa: NPY002
    for design in DRAWN:
        points_of(made(design, varied("one"), varied("two")))
    assert np.random.random() == expected  # noqa: NPY002


def test_a_hypercube_meets_every_part_of_a_range_once() -> None:
    points = points_of(made(Design("latin-hypercube", points=10), varied("one"), varied("two")))
    assert np.sort(np.floor(points * 10), axis=0).tolist() == [[float(part)] * 2 for part in range(10)]


def test_half_of_the_points_lie_below_a_middle() -> None:
    points = points_of(made(Design("latin-hypercube", points=10), varied("one", low=0.5, high=4.0, middle=1.0)))
    assert int((points < 1.0).sum()) == 5 and points.min() >= 0.5 and points.max() > 2.5


def test_whole_numbers_stay_whole() -> None:
    points = points_of(made(Design("latin-hypercube", points=40), varied("one", low=1.0, high=4.0, whole=True)))
    assert sorted(set(points[:, 0].tolist())) == [1.0, 2.0, 3.0, 4.0]


def test_a_grid_has_every_combination_the_last_column_fastest() -> None:
    points = points_of(made(Design("grid", levels=3), varied("one", values=(5.0, 1.0), low=1.0, high=5.0), varied("two")))
    assert points.tolist() == [[5.0, 0.0], [5.0, 0.5], [5.0, 1.0], [1.0, 0.0], [1.0, 0.5], [1.0, 1.0]]


def test_one_at_a_time_begins_with_all_usual_values() -> None:
    points = points_of(made(Design("one-at-a-time"), varied("one", low=0.1, high=0.5), varied("two", values=(0.2, 0.5, 0.9))))
    assert points.tolist() == [[0.5, 0.5], [0.1, 0.5], [0.5, 0.2], [0.5, 0.9]]


def test_one_at_a_time_without_usual_values_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no.* of a\.one"):
        points_of(made(Design("one-at-a-time"), varied("one", usual=None)))


def test_a_path_of_morris_changes_one_column_in_each_step() -> None:
    points = points_of(made(Design("morris", trajectories=4, levels=4), varied("one"), varied("two"), varied("three")))
    steps = np.diff(points.reshape(4, 4, 3), axis=1)
    assert ((steps != 0.0).sum(axis=2) == 1).all() and np.allclose(np.abs(steps[steps != 0.0]), 2.0 / 3.0)


EXPECTED = {
    "latin-hypercube False": "929478ccb4887186",
    "sobol False": "567531ab119b785d",
    "sobol True": "8d2963d238be5c29",
    "morris False": "2406cf13d914b289",
}


def test_drawn_points_are_those_of_this_file_on_every_machine() -> None:
    """Bytes, so that a sweep begun on one machine or Python goes on with another."""
    found = {}
    for design in DRAWN:
        points = points_of(made(design, varied("one", low=-1.0, high=3.0), varied("two", low=0.5, high=4.0, middle=1.0)))
        found[f"{design.kind} {design.second_order}"] = hashlib.sha256(points.tobytes()).hexdigest()[:16]
    assert found == EXPECTED


def test_the_problem_for_salib_names_columns_and_bounds() -> None:
    problem = problem_of(made(Design("sobol", points=8), varied("one", low=-1.0, high=3.0), varied("two")))
    assert problem == {"num_vars": 2, "names": ["a.one", "a.two"], "bounds": [[-1.0, 3.0], [0.0, 1.0]]}
