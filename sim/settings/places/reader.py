"""The tree of a place file to a checked place."""

from __future__ import annotations

from pydantic import ValidationError

from sim.settings.place import Place
from sim.settings.places.checks import check_place, check_sources, check_unique
from sim.settings.reading.files import SourceFile
from sim.settings.reading.model_problems import find_model_problems
from sim.settings.reading.problems import Findings
from sim.settings.reading.tree import Keys, plain
from sim.settings.reading.yaml_reader import read_tree
from sim.settings.suppliers.anchor_suppliers import fill_from_suppliers

__all__ = ["place_from_tree", "read_place"]


def read_place(source: SourceFile, findings: Findings) -> Place | None:
    """Read a place file.

    Parameters
    ----------
    source : SourceFile
        The file.
    findings : Findings
        Where problems go, all of them.

    Returns
    -------
    Place or None
        None when a problem keeps the place from being made.
    """
    tree = read_tree(source, findings, "place")
    return None if tree is None else place_from_tree(tree, source, findings)


def place_from_tree(tree: Keys, source: SourceFile, findings: Findings) -> Place | None:
    """Make a place of a tree, see :func:`read_place`."""
    check_sources(tree, source, findings)
    check_unique(tree, "anchors", source, findings)
    check_unique(tree, "neighbourhoods", source, findings)
    values = plain(tree)
    fill_from_suppliers(values, tree, source, findings)
    try:
        place = Place.model_validate(values)
    except ValidationError as error:
        find_model_problems(error, Place, tree, source, findings)
        return None
    check_place(place, tree, source, findings)
    return place
