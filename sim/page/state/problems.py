"""What is wrong with what a visitor chose, in the words that stand on the page: titles of levers and options, and what to do there."""

from __future__ import annotations

import math
import re
from calendar import month_name
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from sim.core.registry import POLICIES, SHOCKS
from sim.errors import InputError
from sim.page.state.limits import (
    FEWEST_MONTHS,
    FEWEST_RESIDENTS,
    LONGEST_NOTES,
    LONGEST_TITLE,
    MOST_LEVERS,
    MOST_MONTHS,
    MOST_RESIDENTS,
)
from sim.settings.reading.problems import Kind
from sim.settings.scenarios.options import option_bounds, option_unit

if TYPE_CHECKING:
    from sim.core.registry import Intervention, Option
    from sim.errors import Problem
    from sim.settings.place import Place

__all__ = ["StateError", "page_words", "said_on_the_page"]

#: What the page calls settings that are no options of a lever.
TITLES: Final = {
    "start": "First month",
    "months": "How long to look ahead",
    "residents": "Residents of the copy",
    "neighbours": "And the others?",
    "title": "Name what you chose",
    "notes": "Notes",
    "place": "Place",
    "parameters": "Assumptions",
    "policies": "Levers",
    "shocks": "Bad years",
}
TIMING: Final = {"start": "Begins", "end": "Ends", "ramp_months": "Grows to full strength over"}
CHOICES: Final = {
    "unchanged": "Other places carry on as before",
    "same-policies": "Next door does the same",
    "everywhere": "Everywhere else does the same",
}
ALLOWED: Final = {
    "start": "a month, such as April 2013",
    "residents": f"{FEWEST_RESIDENTS:,} to {MOST_RESIDENTS:,}, and no more than the place has",
    "title": "plain words",
    "notes": "plain words",
    "policies": "levers that are listed on the page",
    "shocks": "bad years that are listed on the page",
}
BACK: Final = "Press “Undo”, or “Back to start”; a link that somebody sent may have been cut or changed on its way."
_USE: Final = re.compile(r"(policies|shocks)\[(\d+)\](?:\.(\w+))?")
_MONTH: Final = re.compile(r"\b(\d{4})-(0[1-9]|1[0-2])\b")
_MISSING: Final = re.compile(r"needs '(\w+)'")
_DIGITS: Final = re.compile(r"\d{5,}")
_MOST_GIVEN: Final = 60


class StateError(InputError):
    """Problems of a state, with the words of the page for them.

    Parameters
    ----------
    problems : sequence of Problem
        Those of the state, as they were told.
    words : sequence of str
        As many sentences.
    others : sequence of Problem
        Those of the rest of the request, for which the page has no words.
    """

    def __init__(self, problems: Sequence[Problem], words: Sequence[str], others: Sequence[Problem] = ()) -> None:
        super().__init__([*problems, *others])
        self.problems = (*problems, *others)
        self.words = tuple(words)


def said_on_the_page(problems: Sequence[Problem], given: object, places: Mapping[str, Place]) -> list[str]:
    """The words of the page for the problems of a state, see :func:`page_words`; none for what is no state at all."""
    return [page_words(problem, given, places) for problem in problems] if isinstance(given, Mapping) else []


def page_words(problem: Problem, given: Mapping[str, Any], places: Mapping[str, Place]) -> str:
    """A problem of a state as a room reads it.

    Parameters
    ----------
    problem : Problem
        As the readers of scenario files tell it, with its key.
    given : mapping
        The state.
    places : mapping of str to Place
        The places of the page, by name.

    Returns
    -------
    str
        Where it is, what is wrong with what was given, what is allowed and what to do, in sentences.

    Examples
    --------
    >>> from sim.errors import Problem
    >>> page_words(Problem("", None, "months", "500", "", None, "", "", "out-of-bounds"), {"months": 500}, {}).partition(" Press")[0]
    "“How long to look ahead”: 500 can't be used. Allowed: 12 to 120 months."
    """
    found = _USE.match(problem.key)
    use = _use(given, found[1], int(found[2])) if found is not None else {}
    name = use.get("use")
    registry = SHOCKS if found is not None and found[1] == "shocks" else POLICIES
    item = registry[name] if isinstance(name, str) and name in registry else None
    if found is not None and item is not None:
        return _of_lever(problem, item, found[3] or "", _place(given, places))
    if found is not None:
        return _of_no_lever(problem, registry)
    return _of_setting(problem)


def _use(given: Mapping[str, Any], key: str, number: int) -> Mapping[str, Any]:
    """A use of a state; an empty one where there is none."""
    uses = given.get(key)
    use = uses[number] if isinstance(uses, (list, tuple)) and number < len(uses) else {}
    return use if isinstance(use, Mapping) else {}


def _place(given: Mapping[str, Any], places: Mapping[str, Place]) -> Place | None:
    """The place of a state."""
    name = given.get("place")
    return places[name] if isinstance(name, str) and name in places else None


def _of_no_lever(problem: Problem, registry: Any) -> str:
    """A use that names no lever."""
    near = f" Did you mean “{registry[problem.nearest].title}”?" if problem.nearest in registry else ""
    what = "A bad year" if registry is SHOCKS else "A lever"
    said = f" called {_given(problem.given)}" if problem.kind == Kind.UNKNOWN_NAME else ""
    return f"{what} was asked for that this page does not have{said}.{near} Allowed: those listed on the page. {BACK}"


def _of_lever(problem: Problem, item: type[Intervention], key: str, place: Place | None) -> str:
    """A use of a lever that there is."""
    if problem.kind == Kind.CONTRADICTION:
        since = _MONTH.search(problem.message)
        begin = f", from {_month(since)} on" if since else ""
        return (
            f"“{item.title}” is switched on twice at the same time{begin}. Allowed: one at a time for each anchor and sector. "
            "Switch one of the two off, or choose a month under “Ends” for the earlier."
        )
    option = next((one for one in item.options if one.name == (key or _missing(problem))), None)
    if option is not None:
        what = "nothing is set" if problem.kind == Kind.MISSING_KEY else f"{_given_to(option, problem.given)} can't be used"
        return f"“{item.title}”, “{_title(option)}”: {what}. Allowed: {_allowed(option, place)}. {_remedy(problem, option)}"
    if key in TIMING:
        allowed = f" Allowed: {_months(problem.allowed)}." if problem.allowed else ""
        more = ", or look further ahead under “Time and place”" if problem.kind == Kind.OUTSIDE_SCENARIO else ""
        what = _given(_months(problem.given))
        return f"“{item.title}”, “{TIMING[key]}”: {what} can't be used.{allowed} Choose again on the card of the lever{more}."
    if problem.kind == Kind.UNKNOWN_KEY:
        titles = ", ".join(f"“{_title(one)}”" for one in item.options)
        return f"“{item.title}” has nothing to set called {_given(problem.given)}. Allowed: {titles}. {BACK}"
    return f"“{item.title}” can't be used as it is here. {BACK}"


def _of_setting(problem: Problem) -> str:
    """A setting that is no lever's."""
    key = problem.key.partition(".")[0].partition("[")[0]
    what = f"{_given(_months(problem.given))} can't be used"
    if key == "months":
        allowed = f"{FEWEST_MONTHS} to {MOST_MONTHS} months"
        return f"“{TITLES[key]}”: {what}. Allowed: {allowed}. Press “Undo”, or choose again under “Time and place”."
    if key in ("title", "notes") and problem.kind == Kind.WRONG_FORM:
        most = LONGEST_TITLE if key == "title" else LONGEST_NOTES
        return f"“{TITLES[key]}”: the text is too long. Allowed: {most:,} letters. Write less under “Time and place”."
    if key in ("policies", "shocks") and problem.kind == Kind.TOO_MANY_VALUES:
        return f"Too many levers are switched on at once. Allowed: {MOST_LEVERS}, bad years included. Switch some off."
    if key == "place":
        return f"There is no place {_given(problem.given)} on this page. Allowed: those under “Begin with”. Choose one there."
    if key == "neighbours":
        return f"“{TITLES[key]}”: {what}. Allowed: {', '.join(f'“{one}”' for one in CHOICES.values())}. Choose one under “Time and place”."
    if key == "parameters":
        name = problem.key.partition(".")[2].replace("_", " ").replace(".", ", ")
        allowed = f" Allowed: {_plain(problem.allowed)}." if problem.kind == Kind.OUT_OF_BOUNDS else ""
        return f"An assumption of the place, {_given(name)}: {what}.{allowed} {BACK}"
    if key in ALLOWED:
        return f"“{TITLES[key]}”: {what}. Allowed: {ALLOWED[key]}. {BACK}"
    return f"{_given(problem.given)} is nothing that can be chosen on this page. {BACK}"


def _title(option: Option) -> str:
    """What the page calls an option."""
    return "Who takes part" if option.kind == "anchors" else option.name.replace("_", " ").capitalize()


def _missing(problem: Problem) -> str:
    """The option that a lever needs and a state does not give."""
    found = _MISSING.search(problem.message)
    return found[1] if found is not None and problem.kind == Kind.MISSING_KEY else ""


def _allowed(option: Option, place: Place | None) -> str:
    """What an option may be, as its control on the page shows it."""
    if option.kind in ("anchor", "anchors"):
        fit = [one.title for one in place.anchors if not option.anchor_kinds or one.kind in option.anchor_kinds] if place else []
        return ", ".join(f"“{title}”" for title in fit) or "the anchors of the place"
    if option.choices and option.kind != "shares":
        return ", ".join(f"“{name.replace('_', ' ').capitalize()}”" for name in option.choices)
    words = {"flag": "on or off", "sector": "a sector of the list", "text": "plain words", "shares": "parts that add up to 100%"}
    return words.get(option.kind) or _range(option, "£" if place is None else place.currency.symbol)


def _range(option: Option, symbol: str) -> str:
    """From where to where the slider of an option may stand."""
    low, high = option_bounds(option)
    unit = option_unit(option)
    if option.kind == "share":
        return f"{100 * low:.4g}% to {100 * high:.4g}%{unit.removeprefix('share')}"
    if option.kind == "money":
        rest = unit.removeprefix("pounds").removeprefix("currency units")
        return f"{symbol}{low:,.0f} to {symbol}{high:,.0f}{rest}"
    after = f" {unit}" if unit else ""
    if math.isfinite(low) and math.isfinite(high):
        return f"{low:,.10g} to {high:,.10g}{after}"
    return f"{low:,.10g} or more{after}" if math.isfinite(low) else f"a number{after}"


def _remedy(problem: Problem, option: Option) -> str:
    """What to do on the page about an option."""
    if option.kind in ("anchor", "anchors"):
        return "Choose again among these on the card of the lever."
    verb = "Set" if problem.kind == Kind.MISSING_KEY else "Choose"
    return f"{verb} it on the card of the lever, or switch the lever off."


def _given(text: str) -> str:
    """What was given, in quotation marks where it is no number."""
    plain = text.strip("'\"")[:_MOST_GIVEN]
    return plain if re.fullmatch(r"-?[\d.,]+", plain) else f"“{plain}”" if plain else "nothing"


def _given_to(option: Option, text: str) -> str:
    """What was given to an option: shares in percent, as the page shows them."""
    share = option.kind == "share" and re.fullmatch(r"-?\d{1,9}(\.\d+)?", text)
    return f"{100 * float(text):,.4g}%" if share else _given(text)


def _months(text: str) -> str:
    """A text with its months as people say them."""
    return _MONTH.sub(_month, text).replace(", the months of the scenario", "")


def _month(found: re.Match[str]) -> str:
    """A month as people say it."""
    return f"{month_name[int(found[2])]} {found[1]}"


def _plain(text: str) -> str:
    """A range of numbers with commas."""
    return _DIGITS.sub(lambda found: f"{int(found[0]):,}", text)
