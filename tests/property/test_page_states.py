"""Whatever a browser sends is a state or an error in words; what is a state comes back from its file and its link."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from pathlib import Path
from time import process_time
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from support.page_states import ANYTHING, fit_states, spoilt_states

from sim.errors import InputError
from sim.page.state.link import decoded, encoded
from sim.page.state.page_state import PageState, StateReader
from sim.settings.reading.files import SourceFile
from sim.settings.reading.problems import Findings
from sim.settings.reading.yaml_reader import tree_of_text
from sim.settings.scenarios.assemble import assemble
from sim.settings.scenarios.reader import read_layers

#: Seconds of the processor that one state may take; it takes a few thousandths, and machines differ.
MOST_SECONDS = 0.25
#: Reading is quick: four times the examples of other tests.
EXAMPLES = 4 * settings().max_examples


@cache
def reader() -> StateReader:
    made = StateReader()
    made.read_state({"place": "anytown"})
    return made


def read(given_state: Any) -> PageState | None:
    """The state, or None after an error in words."""
    warm = reader()
    began = process_time()
    try:
        state = warm.read_state(given_state)
    except InputError as error:
        assert process_time() - began < MOST_SECONDS
        for problem in error.problems:
            assert problem.message and problem.allowed and problem.remedy and problem.kind
            assert len(str(problem)) < 8_000
            str(problem).encode()
        return None
    assert process_time() - began < MOST_SECONDS
    return state


@settings(max_examples=EXAMPLES)
@given(st.one_of(ANYTHING, spoilt_states()))
def test_anything_is_a_state_or_an_error_in_words(given_state: Any) -> None:
    state = read(given_state)
    if state is not None:
        assert reader().read_state(state.as_dict()).text == state.text


@settings(max_examples=EXAMPLES)
@given(fit_states())
def test_a_state_comes_back_from_its_file_and_its_link(given_state: dict[str, Any]) -> None:
    state = read(given_state)
    if state is None:
        return
    for name, text, scenario in (("policy", state.yaml(), state.scenario), ("reference", state.reference_yaml(), state.reference)):
        findings, source = Findings(), SourceFile(Path(f"{name}.yaml"), f"{name}.yaml")
        layers = read_layers(tree_of_text(text, source, findings), source, reader().known, findings)
        assert assemble(name, layers, reader().known, findings) == scenario and not findings.problems
    assert reader().read_state(decoded(encoded(state.as_dict()))).text == state.text
    assert reader().open_text(state.yaml().encode()).text == state.text
    assert all(line.startswith("From ") and line.endswith(".") and "{" not in line and "[" not in line for line in state.lines())


@settings(max_examples=EXAMPLES)
@given(
    st.one_of(st.text(max_size=200), st.text(st.characters(codec="ascii", categories=["L", "N"]), max_size=200), st.binary(max_size=200))
)
def test_any_link_and_any_file_are_read_or_refused(given_text: str | bytes) -> None:
    with suppress(InputError):
        if isinstance(given_text, bytes):
            reader().open_text(given_text)
        else:
            reader().read_state(decoded(given_text))
