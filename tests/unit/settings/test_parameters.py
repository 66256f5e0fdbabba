"""Declarations of parameters, and their values in one scenario."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Mapping
from typing import Any, get_args

import pytest

from sim.errors import UnknownNameError
from sim.settings.parameters import MARKS, PARAMETERS, Parameter, Parameters
from sim.settings.places.figure import Figure

GOOD: dict[str, Any] = {
    "name": "group.name",
    "default": 0.4,
    "unit": "share",
    "low": 0.0,
    "high": 1.0,
    "meaning": "A meaning.",
    "source": "A source.",
    "mark": "A",
}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": "noDot"}, "a name is group.name"),
        ({"name": "group.Name"}, "a name is group.name"),
        ({"default": 1.1}, "is not within 0.0 and 1.0"),
        ({"low": 2.0}, "is not within"),
        ({"default": float("nan")}, "finite"),
        ({"high": float("inf")}, "finite"),
        ({"mark": "D"}, "is not one of A, B, C, assumption"),
        ({"meaning": ""}, "must not be empty"),
        ({"unit": ""}, "must not be empty"),
        ({"source": ""}, "must not be empty"),
    ],
)
def test_wrong_declaration(change: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Parameter(**{**GOOD, **change})


def test_marks_of_figures_and_parameters_are_the_same() -> None:
    assert get_args(Figure.model_fields["mark"].annotation) == MARKS


def test_values(dummy_parameters: tuple[Parameter, ...]) -> None:
    parameters = Parameters(dummy_parameters)
    assert isinstance(parameters, Mapping)
    assert dict(parameters) == {"households.local_shopping": 0.4, "work.search_months": 3.0}
    changed = parameters.with_values({"work.search_months": 5}, origin="a file, line 3")
    assert (parameters["work.search_months"], changed["work.search_months"]) == (3.0, 5.0)
    assert (parameters.origin("work.search_months"), changed.origin("work.search_months")) == ("default", "a file, line 3")
    assert changed.origin("households.local_shopping") == "default"
    assert changed != parameters
    assert changed == Parameters(dummy_parameters).with_values({"work.search_months": 5.0})
    assert hash(changed) == hash(parameters.with_values({"work.search_months": 5.0}))
    again = pickle.loads(pickle.dumps(changed))
    assert again == changed == copy.deepcopy(changed)
    assert again.origin("work.search_months") == "a file, line 3"


def test_values_can_not_be_set(dummy_parameters: tuple[Parameter, ...]) -> None:
    parameters: Any = Parameters(dummy_parameters)
    with pytest.raises(TypeError):
        parameters["work.search_months"] = 4.0
    with pytest.raises(AttributeError):
        parameters.colour = "red"


def test_unknown_parameter_names_the_nearest(dummy_parameters: tuple[Parameter, ...]) -> None:
    parameters = Parameters(dummy_parameters)
    for act in (
        lambda: parameters["households.local_shoping"],
        lambda: parameters.origin("households.local_shoping"),
        lambda: parameters.declaration("households.local_shoping"),
        lambda: parameters.with_values({"households.local_shoping": 0.1}),
    ):
        with pytest.raises(UnknownNameError, match=r"the nearest name is 'households\.local_shopping'"):
            act()


@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan"), float("inf")])
def test_value_outside_its_bounds(dummy_parameters: tuple[Parameter, ...], value: float) -> None:
    with pytest.raises(ValueError, match="is not within"):
        Parameters(dummy_parameters).with_values({"households.local_shopping": value})


def test_two_of_one_name(dummy_parameters: tuple[Parameter, ...]) -> None:
    with pytest.raises(ValueError, match="declared twice"):
        Parameters([*dummy_parameters, dummy_parameters[0]])


def test_declared_parameters_stand_in_the_file_of_their_group() -> None:
    assert len({parameter.name for parameter in PARAMETERS}) == len(PARAMETERS)
    groups = {"accounts", "firms", "households", "procurement", "work", "finance", "money", "land", "neighbours", "behaviour"}
    assert {parameter.group for parameter in PARAMETERS} <= groups
    assert set(Parameters(PARAMETERS)) == {parameter.name for parameter in PARAMETERS}
