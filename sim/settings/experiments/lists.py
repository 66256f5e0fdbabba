"""Reading the lists of an experiment file: seeds, measures and the months to keep."""

from __future__ import annotations

from typing import Final

from sim.core.registry import Measure, Registry
from sim.settings.experiments.headline_series import HEADLINES
from sim.settings.experiments.keys import KEEP_WORDS, LARGEST_SEED, MOST_RUNS, USUAL_SEEDS
from sim.settings.reading.hints import with_article
from sim.settings.reading.problems import Kind, shown
from sim.settings.reading.tree import Entry, Items, Keys, Node
from sim.settings.reading.values import Values

__all__ = ["read_keep", "read_measures", "read_seeds"]

Path = tuple[str | int, ...]

MEANT: Final = {
    "all": ("monthly", "every-month", "months", "every month"),
    "every-year": ("yearly", "annual", "annually", "every year", "years"),
}
"""Words that people write for those that are known."""


def read_seeds(entry: Entry | None, values: Values) -> tuple[int, ...]:
    """Seeds in order: a number n means 1 to n; empty after a finding.

    Examples
    --------
    >>> from pathlib import Path as File
    >>> from sim.settings.reading.files import SourceFile
    >>> from sim.settings.reading.problems import Findings
    >>> from sim.settings.reading.tree import Scalar
    >>> values = Values(SourceFile(File("a.yaml"), "a.yaml"), Findings())
    >>> read_seeds(None, values) == tuple(range(1, USUAL_SEEDS + 1)), read_seeds(Entry("seeds", 1, Scalar(3, "3", 1)), values)
    (True, (1, 2, 3))
    """
    if entry is None:
        return tuple(range(1, USUAL_SEEDS + 1))
    if not isinstance(entry.node, Items):
        number = values.whole(entry.node, ("seeds",), 1, MOST_RUNS, "seeds")
        return () if number is None else tuple(range(1, number + 1))
    seeds = _whole_numbers(entry.node, ("seeds",), 0, LARGEST_SEED, "seed", values)
    if not entry.node.items:
        values.found(
            Kind.WRONG_FORM, entry.line, ("seeds",), "there are no seeds", given="[]", allowed="one or more", remedy="write seeds: 10"
        )
    return tuple(sorted(seeds))


def read_keep(entry: Entry | None, months: int | None, values: Values) -> tuple[int, ...]:
    """Months to keep in order; empty for none or after a finding.

    Parameters
    ----------
    entry : Entry or None
        The key with what stands there: a word, a list, or ``months:`` with a list.
    months : int or None
        Months that are run; None when that is not known.
    values : Values
        The reader of the file.

    Returns
    -------
    tuple of int
    """
    if entry is None:
        return ()
    node, path = _listed(entry, values)
    if node is None:
        return ()
    if isinstance(node, Items):
        return tuple(sorted(_whole_numbers(node, path, 1, months or 1200, "month of the run", values)))
    word = _keep_word(node, path, values)
    if word == "all":
        return tuple(range(1, (months or 0) + 1))
    return tuple(range(12, (months or 0) + 1, 12)) if word == "every-year" else ()


def _keep_word(node: Node, path: Path, values: Values) -> str | None:
    """The word that says which months are kept; None after a finding."""
    word = values.text(node, path)
    if word is None or word in KEEP_WORDS:
        return word
    meant = next((known for known, others in MEANT.items() if word.lower() in others), "")
    remedy = f"write {meant}, or the months in a list" if meant else ""
    allowed, names = f"{', '.join(KEEP_WORDS)}, or {{months: [12, 24]}}", tuple(KEEP_WORDS)
    message = "this is none of the choices"
    values.found(Kind.NOT_A_CHOICE, node.line, path, message, given=word, allowed=allowed, names=names, remedy=remedy)
    return None


def _listed(entry: Entry, values: Values) -> tuple[Node | None, Path]:
    """The list or word that says which months are kept, and where it stands."""
    path: Path = (entry.key,)
    if not isinstance(entry.node, Keys):
        return entry.node, path
    for one in entry.node:
        if one.key != "months":
            message = f"there is no key {one.key!r} in keep"
            values.found(Kind.UNKNOWN_KEY, one.line, (*path, one.key), message, given=one.key, names=("months",))
    months = entry.node.entry("months")
    if months is None:
        message, remedy = "keep does not say which months", f"write {' or '.join(KEEP_WORDS)}, or 'months:' with a list"
        values.found(Kind.MISSING_KEY, entry.line, path, message, given="nothing", allowed="'months:' with a list", remedy=remedy)
        return None, path
    return months.node, (*path, "months")


def _whole_numbers(items: Items, path: Path, low: int, high: int, unit: str, values: Values) -> list[int]:
    """Whole numbers within bounds, each once; those that are not are findings."""
    found: list[int] = []
    for index, item in enumerate(items.items):
        number = values.whole(item, (*path, index), low, high, unit)
        if number is None:
            continue
        if number in found:
            message = f"{number} stands there twice"
            values.found(
                Kind.REPEATED_NAME,
                item.line,
                (*path, index),
                message,
                given=shown(number),
                allowed=f"each {unit} once",
                remedy="delete one",
            )
        else:
            found.append(number)
    return found


def read_measures(entry: Entry | None, registry: Registry[Measure], values: Values) -> tuple[str, ...]:
    """Measures with their keys, the headline measures when none are named; empty after a finding."""
    if entry is None:
        return tuple(name for name in HEADLINES if name.partition("/")[0] in registry)
    items = values.sequence(entry.node, ("measures",), "a list of measures")
    if items is None:
        return ()
    if not items.items:
        message, remedy = "nothing is measured", "add a measure, or leave the key out for the headline measures"
        values.found(Kind.WRONG_FORM, entry.line, ("measures",), message, given="[]", allowed="one or more", remedy=remedy)
    found: list[str] = []
    for index, item in enumerate(items.items):
        name = _measure(item, ("measures", index), registry, values)
        if name is not None and name in found:
            message = f"{name!r} is measured twice"
            values.found(
                Kind.REPEATED_NAME, item.line, ("measures", index), message, given=name, allowed="each measure once", remedy="delete one"
            )
        elif name is not None:
            found.append(name)
    return tuple(found)


def _measure(node: Node, path: Path, registry: Registry[Measure], values: Values) -> str | None:
    """One measure, with its key where it has keys."""
    text = values.text(node, path)
    if text is None:
        return None
    name, slash, key = text.partition("/")
    if name not in registry:
        values.found(
            Kind.UNKNOWN_NAME,
            node.line,
            path,
            f"there is no measure {name!r}",
            given=name,
            names=registry.names(),
            listed="localwealth list measures",
        )
        return None
    keys = registry[name].keys
    if keys and not key:
        message = f"{name} has a number for each {keys}, and no key says which"
        example = next((one for one in HEADLINES if one.startswith(f"{name}/")), f"{name}/all")
        allowed, remedy = f"{name}/ with {with_article(keys)}", f"write {name}/ and {with_article(keys)}, such as {example}"
        values.found(Kind.MISSING_KEY, node.line, path, message, given=text, allowed=allowed, remedy=remedy)
        return None
    if slash and not keys:
        message = f"{name} is a single number and has no keys"
        values.found(Kind.UNKNOWN_NAME, node.line, path, message, given=text, allowed=name, remedy=f"write {name}")
        return None
    return text
