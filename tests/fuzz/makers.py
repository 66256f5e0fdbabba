"""Inputs for each reader: what it starts from, and how one more is made of it."""

from __future__ import annotations

import json
import tempfile
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any, Final

from .changes import Words, changed
from .scraps import broken
from .tables import as_bytes, changed_rows, made_rows
from .trees import Pairs, copied, json_text, slots, tree_of, trimmed, yaml_text

__all__ = ["MAKERS", "Maker", "Trees"]

ROOT: Final = Path(__file__).resolve().parents[2]
#: Files that brought new lines of the program to run are changed further; so many are kept.
MOST_KEPT: Final = 4000
LONGEST_KEPT: Final = 3000


class Maker:
    """Makes inputs by breaking the bytes of those it has; the base of the makers that know what they break.

    Parameters
    ----------
    starts : list of bytes
        Where it begins.
    """

    def __init__(self, starts: list[bytes]) -> None:
        self.starts = starts
        self.kept: list[bytes] = []

    def any_bytes(self, random: Random) -> bytes:
        """An input as it is: one that was kept, or one to start from."""
        return random.choice(self.kept) if self.kept and random.random() < 0.6 else random.choice(self.starts)

    def make(self, random: Random) -> bytes:
        """One more input."""
        return broken(self.any_bytes(random), random, self.any_bytes(random))

    def keep(self, content: bytes) -> None:
        """Change this one further too."""
        if len(content) <= LONGEST_KEPT and len(self.kept) < MOST_KEPT:
            self.kept.append(content)


class Trees(Maker):
    """Makes inputs that are trees of keys and values.

    Parameters
    ----------
    trees : list of tree
        Where it begins.
    written : callable
        How a tree is written down.
    entries : int
        Most entries of a mapping or list of the trees that are changed; whole ones are changed now and then.
    yaml : bool
        Whether the trees are YAML.
    """

    def __init__(self, trees: list[Any], written: Callable[[Any, Random], bytes], entries: int, yaml: bool, whole: float) -> None:
        self.trees, self.written, self.entries, self.whole = trees, written, entries, whole
        self.words = Words(trees, yaml)
        random = Random(0)
        self.small = [_short(trimmed(tree, random, entries)) for tree in trees for _ in range(max(1, 600 // len(trees)))]
        super().__init__([written(tree, random) for tree in self.small])
        self.last: Any = None
        self.found: list[Any] = []

    def make(self, random: Random) -> bytes:
        """One more input: three in four are changed as trees, the others as bytes."""
        self.last = None
        if random.random() < 0.25:
            return super().make(random)
        which = random.random()
        if which < self.whole:
            tree = copied(random.choice(self.trees))
        elif self.found and which < 0.6:
            tree = copied(random.choice(self.found))
        else:
            tree = copied(random.choice(self.small))
        self.last = changed(tree, random, self.words)
        return self.written(self.last, random)

    def keep(self, content: bytes) -> None:
        """Change this one further too, as a tree where it is one."""
        super().keep(content)
        if self.last is not None and len(content) <= LONGEST_KEPT and len(self.found) < MOST_KEPT:
            self.found.append(self.last)


class Tables(Maker):
    """Makes tables of payments."""

    def make(self, random: Random) -> bytes:
        """One more input: four in five are changed cell by cell, the others as bytes."""
        if random.random() < 0.2:
            return super().make(random)
        return as_bytes(changed_rows(made_rows(random), random), random)


def _short(tree: Any) -> Any:
    """The tree with long texts cut: they take time, and one reads as another does."""
    for holder, at in slots(tree):
        value = holder[at][1] if type(holder) is Pairs else holder[at]
        if type(value) is str and len(value) > 40:
            holder[at] = [holder[at][0], value[:12]] if type(holder) is Pairs else value[:12]
    return tree


def _yaml(tree: Any, random: Random) -> bytes:
    return yaml_text(tree, random).encode("utf-8", "surrogatepass")


def _json(tree: Any, random: Random) -> bytes:
    return json_text(tree).encode("utf-8", "surrogatepass")


def _letters(tree: Any, random: Random) -> bytes:
    """The letters of a link; now and then with what those of another machine may have."""
    letters = urlsafe_b64encode(_json(tree, random)).rstrip(b"=")
    which = random.random()
    if which < 0.9:
        return letters
    return letters + b"==" if which < 0.93 else letters.replace(b"_", b"/") if which < 0.95 else broken(letters, random)


def _trees_of(paths: Iterator[Path], few: bool) -> list[Any]:
    """Files of YAML as trees, or the first and some others of them."""
    from sim.settings.files import SourceFile
    from sim.settings.problems import Findings
    from sim.settings.tree import plain
    from sim.settings.yaml_reader import read_tree

    found = [read_tree(SourceFile(path, path.name), Findings()) for path in sorted(paths)[:: 6 if few else 1]]
    return [tree_of(plain(tree)) for tree in found if tree is not None]


def scenarios(few: bool) -> Maker:
    """Scenario files: the shipped ones."""
    paths = (path for path in (ROOT / "scenarios").rglob("*.yaml") if path.parent.name != "places")
    return Trees(_trees_of(paths, few), _yaml, 3, True, 0.02)


def places(few: bool) -> Maker:
    """Place files: the shipped ones; the whole of one is long, so parts are changed far more often."""
    return Trees(_trees_of((ROOT / "scenarios" / "places").glob("*.yaml"), few), _yaml, 2, True, 0.0005)


def experiments(few: bool) -> Maker:
    """Experiment files: the shipped ones."""
    return Trees(_trees_of((ROOT / "experiments").glob("*.yaml"), few), _yaml, 3, True, 0.02)


def mappings(few: bool) -> Maker:
    """Mapping files: what is written for the spend files of the tests, and one with every key."""
    from sim.spend import read_spend, write_mapping

    every = {"file": "*.csv", "sheet": "One", "header_line": 0, "columns": {"supplier": 1, "date": "Paid", "amount": 3, "category": None}}
    every |= {"date_order": "day-first", "decimal": "comma", "payments": "negative", "delimiter": "tab", "encoding": "cp1252", "body": "A"}
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted((ROOT / "tests" / "data" / "spend").glob("*20*"))[:: 3 if few else 1]:
            write_mapping(Path(folder, f"{path.stem}.yaml"), read_spend(path))
        trees = _trees_of(Path(folder).glob("*.yaml"), few)
    return Trees([*trees, tree_of({"files": [every, {"file": "b"}]})], _yaml, 3, True, 0.02)


def contracts(few: bool) -> Maker:
    """Files of contracts: parts of those of the tests, and a release with what the readers look at."""

    trees = []
    for path in sorted((ROOT / "tests" / "data" / "ocds").glob("*.json")):
        package = json.loads(path.read_text(encoding="utf-8"))
        trees += [tree_of({**package, name: [part]}) for name in ("releases", "records") for part in package.get(name, ())[:12]]
    party = {"id": "GB-1", "name": "A Ltd", "roles": ["supplier"], "address": {"postalCode": "PR1 2HE", "countryName": "UK"}}
    award = {"id": "a", "status": "active", "date": "2025-01-01T00:00:00Z", "suppliers": [{"id": "GB-1", "name": "A Ltd"}]}
    award |= {"value": {"amount": 12.5, "currency": "GBP"}, "contractPeriod": {"startDate": "2025-01-01", "endDate": "2026-01-01"}}
    release = {"ocid": "o-1", "id": "1", "date": "2025-01-01T00:00:00Z", "tag": ["award"], "buyer": {"id": "b", "name": "B"}}
    release |= {
        "parties": [party],
        "awards": [award],
        "tender": {"title": "T", "items": [{"classification": {"scheme": "CPV", "id": "45000000"}}]},
    }
    small = [release, [release, release], {"releases": [release]}, {"records": [{"ocid": "o-1", "compiledRelease": release}]}]
    return Trees([tree_of(tree) for tree in small * 8] + trees, _json, 4, False, 0.05)


def links(few: bool) -> Maker:
    """Links: the states of the shipped scenarios."""
    import sim
    from sim.errors import InputError
    from sim.page.state import StateReader
    from sim.settings.names import shipped

    reader = StateReader()
    names = [name for name in shipped("scenario") if name.startswith(("levers/", "anytown/", "preston/"))]
    states = []
    for name in names[:: 12 if few else 1]:
        try:
            states.append(tree_of(reader.state_of_scenario(sim.load(name))))
        except InputError:  # beyond what the page allows
            continue
    return Trees(states, _letters, 4, False, 0.2)


def spending(few: bool) -> Maker:
    """Spend files: the first lines of those of the tests, a whole workbook of each kind, and tables made up."""
    starts = [_head(path.read_bytes()) for path in sorted((ROOT / "tests" / "data" / "spend").glob("*.csv"))]
    random = Random(0)
    starts += [as_bytes(made_rows(random), random) for _ in range(200)]
    return Tables(starts)


def _head(content: bytes) -> bytes:
    return b"\n".join(content.split(b"\n")[:6]) + b"\n"


MAKERS: Final[dict[str, Callable[[bool], Maker]]] = {
    "scenario": scenarios,
    "place": places,
    "experiment": experiments,
    "mapping": mappings,
    "spend": spending,
    "contracts": contracts,
    "link": links,
}
