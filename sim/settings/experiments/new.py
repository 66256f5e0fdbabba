"""The text of a new experiment file: ready to run, with what else could be varied in comments."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from sim.core.registry import Intervention
from sim.settings.experiments.keys import EXPERIMENT_KEYS, MOST_RUNS
from sim.settings.experiments.options import NUMBERS
from sim.settings.load import load_scenario
from sim.settings.names import is_path
from sim.settings.parameters import PARAMETERS, Parameter
from sim.settings.places.believed import parameter_ranges
from sim.settings.scenario import PolicyUse, Scenario
from sim.settings.scenarios.layer import Interventions
from sim.settings.scenarios.options import option_allowed

__all__ = ["new_experiment_text"]

_SEEDS, _LEVELS = 10, 3
_FIRST = "firms.target_use"
"""A guess that bears on most questions: how much firms could still take on."""


def new_experiment_text(
    scenario: str, policies: Interventions, shocks: Interventions, declarations: Iterable[Parameter] = PARAMETERS
) -> str:
    """A commented starting file that varies an assumption in a scenario.

    Parameters
    ----------
    scenario : str
        Name or path of a scenario. The one that it is based on, if any, becomes the reference.
    policies, shocks : Registry of Intervention
        What the comments offer.
    declarations : iterable of Parameter
        What the comments offer.

    Returns
    -------
    str
        An experiment file that can be run as it is.

    Raises
    ------
    sim.errors.InputError
        When the scenario can't be read.
    """
    known = list(declarations)
    found = load_scenario(scenario, policies, shocks, known)
    lines = [*_head(scenario, found), *_first_lines(found, known)]
    lines += ["# An option of what the scenarios use is varied so:"]
    lines += [line for use in found.policies for line in _use_lines("policy", use, policies)]
    lines += [line for use in found.shocks for line in _use_lines("shock", use, shocks)]
    lines += ["# Any other parameter, a figure of the place, or all assumptions at once (with kind: latin-hypercube or morris):"]
    lines += ["#  - parameter: NAME            # see: localwealth list parameters"]
    lines += ["#  - place: labour.commuter_share", "#  - assumptions: parameters"]
    lines += [f"# measures: [jobs, local_multiplier]   # {_meaning('measures')}; left out: the headline measures"]
    lines += [f"# keep: every-year                     # {_meaning('keep')}"]
    return "\n".join([*lines, *_answer_lines(found), f'notes: ""   # {_meaning("notes")}']) + "\n"


def _head(given: str, found: Scenario) -> Iterator[str]:
    """The lines up to what is varied."""
    yield f"# An experiment with {found.title}. Delete the '#' before a line to use it."
    yield "# Check it with: localwealth check FILE      Run it with: localwealth sweep FILE"
    yield f"title: {json.dumps(f'What does {found.title} hang on?', ensure_ascii=False)}"
    yield f'question: "How much does the answer change with what is varied?"   # {_meaning("question")}'
    yield f"scenarios:   # {_meaning('scenarios')}"
    yield from (f"  - {json.dumps(one, ensure_ascii=False)}" for one in (_base(given, found), given) if one)
    yield f"months: {min(found.months, 60)}   # {_meaning('months')}"
    yield f"seeds: {_SEEDS}   # {_meaning('seeds')}"
    yield f"# Settings by seeds are runs, {MOST_RUNS:,} at most. Other designs:"
    yield "#   {kind: one-at-a-time}   {kind: latin-hypercube, points: 200}   {kind: sobol, points: 64}   {kind: morris, trajectories: 20}"
    yield f"design: {{kind: grid, levels: {_LEVELS}}}   # {_meaning('design')}"
    yield f"vary:   # {_meaning('vary')}; 'values:' with a list, or 'low:' and 'high:'"


def _first_lines(found: Scenario, known: Sequence[Parameter]) -> Iterator[str]:
    """The entry that is varied: a guess that the scenario leaves as it is, in the range that is believed of it."""
    ranges = parameter_ranges(found.parameters, found)
    name = next((name for name in (_FIRST, *ranges) if name in ranges), known[0].name)
    first = next(one for one in known if one.name == name)
    yield f"  - parameter: {name}   # {first.meaning} ({first.unit}, {first.low:g} to {first.high:g})"
    if name in ranges:
        span = ranges[name]
        yield f"    low: {span.low:.2g}   # a guess, now {span.value:g}; this is the range of validation, write the one that you believe"
        yield f"    high: {span.high:.2g}"


def _base(given: str, found: Scenario) -> str | None:
    """The scenario that it is based on, as a name or a path from here."""
    base = found.based_on
    return (Path(given).parent / base).as_posix() if base and is_path(base) and not Path(base).is_absolute() else base


def _use_lines(kind: str, use: PolicyUse, registry: Interventions) -> Iterator[str]:
    """Entries for the options of a use that are numbers, in comments."""
    item: type[Intervention] = registry[use.use]
    for option in item.options:
        if option.kind in NUMBERS:
            allowed = option_allowed(option)
            yield f"#  - {{{kind}: {use.use}, option: {option.name}, values: []}}   # now {use.options[option.name]}; {allowed}"


def _answer_lines(found: Scenario) -> Iterator[str]:
    """What the answers are about: difference of jobs, where there is a reference."""
    yield f"answers:   # {_meaning('answers')}"
    yield "  measure: jobs"
    if found.based_on:
        yield "  decision: {above: 0}   # it stands while there are more jobs than in the reference"


def _meaning(key: str) -> str:
    """What a key of an experiment file means."""
    return next(declared.meaning for declared in EXPERIMENT_KEYS if declared.name == key)
