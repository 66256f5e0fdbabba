"""A scenario file that a visitor opens: read by the readers of scenario files, but no file of this machine is looked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sim.errors import InputError, Problem
from sim.page.state.given_scenario import at_full_size
from sim.page.state.layer_state import state_of_layers
from sim.settings.names import shipped
from sim.settings.reading.files import SourceFile, text_of
from sim.settings.reading.problems import Findings, Kind, shown
from sim.settings.reading.renamed import with_new_names
from sim.settings.reading.tree import Keys, Scalar, find, plain
from sim.settings.reading.yaml_reader import tree_of_text
from sim.settings.scenarios.assemble import assemble
from sim.settings.scenarios.reader import read_layers
from sim.settings.scenarios.resolved import place_values

if TYPE_CHECKING:
    from sim.page.state.page_state import PageState, StateReader

__all__ = ["MOST_TEXT", "opened_text"]

MOST_TEXT: Final = 256_000
"""Bytes of the longest scenario file that the page opens; a saved one has a few thousand."""

_SOURCE: Final = SourceFile(Path("opened.yaml"), "")


def opened_text(raw: bytes, reader: StateReader) -> PageState:
    """The state of a scenario file.

    Parameters
    ----------
    raw : bytes
        The file.
    reader : StateReader
        The reader of the page's states.

    Returns
    -------
    PageState

    Raises
    ------
    sim.errors.InputError
        With every problem: those of the file with their line, then those with the page's limits. ``place`` and ``based_on`` may name what
        comes with the package or what the page was started with; a path is refused, whether there is such a file or not.

    Examples
    --------
    >>> from sim.page.state.page_state import StateReader
    >>> opened_text(b"title: Ours\\nbased_on: anytown/buy-local\\nmonths: 24\\n", StateReader()).as_dict()["months"]
    24
    """
    findings = Findings()
    text = text_of(raw, _SOURCE, findings) if _fits(raw, findings) else None
    tree = None if text is None else tree_of_text(text, _SOURCE, findings)
    refused: set[str] = set()
    if tree is not None:
        tree, refused = _bounded(with_new_names(tree, "scenario", _SOURCE, findings), reader, findings)
    layers = [] if tree is None else read_layers(tree, _SOURCE, reader.known, findings)
    if layers:
        assemble("opened", at_full_size(layers), reader.known, findings)
    findings.problems[:] = [one for one in findings.problems if not _follows(one, refused)]
    findings.raise_if_any()
    try:
        return reader.read_state(state_of_layers(layers))
    except InputError as error:  # what the page does not run, though the command line does
        raise InputError([replace(one, line=_line_of(one.key, tree)) for one in error.problems]) from None


def _line_of(key: str, tree: Keys | None) -> int | None:
    """The line of a file in which the setting of a key stands; None where it comes from the scenario that the file is based on."""
    name = key.partition(".")[0].partition("[")[0]
    return next((entry.line for entry in tree or () if entry.key == name), None)


def _fits(raw: bytes, findings: Findings) -> bool:
    """Whether the file is short enough; else a finding."""
    if len(raw) > MOST_TEXT:
        given, allowed = f"{len(raw):,} bytes", f"at most {MOST_TEXT:,} bytes"
        remedy = "open a scenario file; a whole place is run by the command line"
        findings.add(Kind.TOO_LARGE, "", None, (), "the file is too large", given=given, allowed=allowed, remedy=remedy)
    return len(raw) <= MOST_TEXT


def _follows(problem: Problem, refused: set[str]) -> bool:
    """Whether a key is only missing because what would hold it was refused: itself, or the scenario that the file is based on."""
    missing = problem.kind == Kind.MISSING_KEY and not set(problem.key) & set(".[")
    return missing and ("based_on" in refused or problem.key in refused)


def _bounded(tree: Keys, reader: StateReader, findings: Findings) -> tuple[Keys, set[str]]:
    """The tree with a whole place replaced by its name, and keys that were left out after a finding: no path is followed."""
    entries, refused = [], set()
    for entry in tree:
        node = entry.node
        if entry.key == "based_on" and isinstance(node, Scalar) and node.value not in (None, *shipped("scenario")):
            names, message = shipped("scenario"), "the page opens what is based on a scenario that comes with the package"
            findings.add(Kind.UNKNOWN_NAME, "", entry.line, ("based_on",), message, given=shown(node.value), names=names)
            refused.add(entry.key)
        elif entry.key == "place" and isinstance(node, Keys):
            name = _name_of(node, reader)
            if name is None:
                message, allowed = "the page does not know this place", ", ".join(reader.places)
                remedy = "start the page with this scenario: localwealth page FILE"
                findings.add(Kind.UNKNOWN_NAME, "", entry.line, ("place",), message, given="a whole place", allowed=allowed, remedy=remedy)
                refused.add(entry.key)
            else:
                entries.append(replace(entry, node=Scalar(name, name, entry.line)))
        else:
            entries.append(entry)
    return Keys(tuple(entries), tree.line), refused


def _name_of(node: Keys, reader: StateReader) -> str | None:
    """The name of a place that is written out, where the page was started with the same one."""
    name = find(node, ("name",))
    given = name.value if isinstance(name, Scalar) else None
    known = isinstance(given, str) and given in reader.own and plain(node) == place_values(reader.own[given].place)
    return str(given) if known else None
