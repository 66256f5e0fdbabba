"""Sentences as a room reads them: "with what you chose" instead of the title of a plan, and how large the place is that was run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from sim.settings.scenario import Scenario

__all__ = ["CHOSEN", "USUAL", "copy_words", "room_words"]

CHOSEN: Final = "with what you chose"
USUAL: Final = "with business as usual"


def room_words(sentence: str, policy: str, reference: str) -> str:
    """A sentence that names arms by their titles, in the words of the page.

    Parameters
    ----------
    sentence : str
        A sentence of the report.
    policy, reference : str
        Titles of both arms. Where they are the same nothing is changed, since one could not tell them apart.

    Returns
    -------
    str
        The same sentence with the same numbers.

    Examples
    --------
    >>> room_words("“Plan”: less to banks.", "Plan", "Now")
    'With what you chose, less to banks.'
    >>> room_words("Price: 2 with “Plan”, against 1 with “Now”.", "Plan", "Now")
    'Price: 2 with what you chose, against 1 with business as usual.'
    """
    if policy == reference:
        return sentence
    if sentence.startswith(f"“{policy}”: "):
        sentence = f"{CHOSEN.capitalize()}, {sentence.removeprefix(f'“{policy}”: ')}"
    for title, words in ((policy, CHOSEN), (reference, USUAL)):
        sentence = sentence.replace(f"with “{title}”", words).replace(f"“{title}”", words)
    return sentence


def copy_words(scenario: Scenario) -> dict[str, Any] | None:
    """What must stand beside money and counts of a copy; None where the place was run at its full size.

    There is no sum "at full size": whole things are not proportional. A copy founds at least one of what its place founds some of,
    and firms stay as large as they are, so a sum of the copy multiplied by its share would claim what nobody ran.

    Parameters
    ----------
    scenario : Scenario
        What was run.

    Returns
    -------
    dict or None
        ``residents`` and ``of``, ``words`` to stand beside a number, and a ``note`` in sentences.

    Examples
    --------
    >>> import sim
    >>> from sim.settings.scenarios.scaling import copied_scenario
    >>> copy_words(copied_scenario(sim.load("anytown/buy-local"), 1250))["words"]
    'in the copy of 1,250 residents'
    """
    if scenario.residents is None or scenario.full_residents is None:
        return None
    residents, of = scenario.residents, scenario.full_residents
    words = f"in the copy of {residents:,} residents"
    note = (
        f"Sums and counts here are those {words}, out of {of:,}; those beside the levers are of the whole place. "
        "They can't simply be multiplied: ask for the report at full size."
    )
    return {"residents": residents, "of": of, "words": words, "note": note}
