"""The keys of an experiment file: declared once, for the reader, the schema and the starting file."""

from __future__ import annotations

from typing import Final

from sim.settings.scenarios.keys import MOST_MONTHS, KeyDeclaration

__all__ = [
    "ANSWER_KEYS",
    "ASSUMPTIONS",
    "DESIGN_KEYS",
    "DESIGN_NEEDS",
    "EXPERIMENT_KEYS",
    "KEEP_WORDS",
    "LARGEST_SEED",
    "MOST_KEPT",
    "MOST_LEVELS",
    "MOST_RUNS",
    "USUAL_SEEDS",
    "VARY_KEYS",
]

MOST_RUNS: Final = 1_000_000
"""Most runs of an experiment: points by seeds."""

MOST_KEPT: Final = 1_000_000_000
"""Most values that an experiment keeps: runs by arms by measures by months kept and one."""

MOST_LEVELS: Final = 1000
"""Most levels of a grid or of Morris."""

LARGEST_SEED: Final = 2**31 - 1
"""Largest seed of a run or a design."""

USUAL_SEEDS: Final = 10
"""Seeds of an experiment that names none: 1 to 10."""

KEEP_WORDS: Final = ("none", "every-year", "all")
"""Words for the months to keep, instead of a list."""

ASSUMPTIONS: Final = ("parameters", "place", "all")
"""Which assumptions may be varied together: those among the parameters, those among the figures of the place, or both."""


def _key(name: str, meaning: str, allowed: str, *, required: bool = False, default: str = "") -> KeyDeclaration:
    """One key; nothing in an experiment file is inherited."""
    return KeyDeclaration(name, "", meaning, allowed, inherited=False, required=required, default=default)


EXPERIMENT_KEYS: Final = (
    _key("title", "name for readers", "text", required=True),
    _key("question", "what you want to know", "text", default="none"),
    _key("scenarios", "what is run; the first is what the others are compared with", "names of scenarios, or paths", required=True),
    _key("months", "how many months are run", f"a whole number from 1 to {MOST_MONTHS}", default="those of the scenarios"),
    _key("seeds", "the luck of the runs, the same at every setting", "a number of seeds, or a list", default=f"{USUAL_SEEDS}"),
    _key("design", "how the settings are laid", "'kind:' with a design, and what it needs", required=True),
    _key("vary", "what differs between the settings", "a list with one thing in each entry", required=True),
    _key("measures", "what is measured", "a list of measures, with their key where they have keys", default="the headline measures"),
    _key(
        "keep",
        "months whose values are kept beside the one number of each run",
        f"{', '.join(KEEP_WORDS)}, or 'months:' with a list",
        default="none",
    ),
    _key("answers", "what the answers are about", "'measure:', and what is to be decided", default="none"),
    _key("notes", "how to read it", "text", default="none"),
)
"""Every key of an experiment file, in the order of a starting file."""

DESIGN_KEYS: Final = (
    _key("kind", "how the settings are laid", "grid, one-at-a-time, latin-hypercube, sobol or morris", required=True),
    _key("points", "settings of a Latin hypercube; base sample of Sobol, a power of two", "a whole number from 2"),
    _key(
        "levels",
        "values of each range in a grid; levels of Morris, an even number",
        f"a whole number from 2 to {MOST_LEVELS}",
        default="4 for Morris",
    ),
    _key("trajectories", "paths of Morris", "a whole number from 2"),
    _key("second_order", "whether Sobol gives the effects of pairs too, for nearly twice the settings", "true or false", default="false"),
    _key("seed", "where a drawn design begins", f"a whole number from 0 to {LARGEST_SEED}", default="1"),
)
"""Every key of a design."""

DESIGN_NEEDS: Final = {
    "grid": ("levels",),
    "one-at-a-time": (),
    "latin-hypercube": ("points", "seed"),
    "sobol": ("points", "second_order", "seed"),
    "morris": ("trajectories", "levels", "seed"),
}
"""What each kind of design may be told beside its kind."""

VARY_KEYS: Final = (
    _key("parameter", "a parameter of the model", "a name from: localwealth list parameters"),
    _key("policy", "a policy that the scenarios use", "a name from: localwealth list policies"),
    _key("shock", "a shock that the scenarios use", "a name from: localwealth list shocks"),
    _key("place", "a figure of the place", "its dotted path, such as labour.commuter_share"),
    _key("assumptions", "every assumption that no other entry names, each in its believed range", " or ".join(ASSUMPTIONS)),
    _key("option", "which option of the policy or shock", "an option that is a number, start or ramp_months"),
    _key("scenarios", "in which scenarios", "a list of scenarios of the experiment", default="every one that uses it"),
    _key("values", "the values to run", "a list of numbers within the bounds"),
    _key("low", "low end of the range", "a number within the bounds", default="the lower bound"),
    _key("high", "high end of the range", "a number within the bounds", default="the upper bound"),
    _key("middle", "the value below which half of the settings of a drawn design lie", "a number from low to high", default="half-way"),
)
"""Every key of one entry of what is varied."""

ANSWER_KEYS: Final = (
    _key("measure", "what the answers are about", "one of the measures of the experiment", required=True),
    _key("scenario", "the scenario that is compared", "one of the scenarios", default="the last"),
    _key(
        "of", "the difference with the reference, or the value itself", "difference or level", default="difference, of one scenario level"
    ),
    _key("decision", "when the decision stands", "'above:' or 'below:' with a number", default="none"),
    _key("failure", "when the policy fails", "'above:' or 'below:' with a number", default="the opposite of the decision"),
)
"""Every key of what the answers are about."""
