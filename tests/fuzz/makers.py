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
from .gentle import gently_changed, laid_out, less
from .scraps import broken
from .small_place import small_place
from .tables import as_bytes, changed_rows, made_rows
from .trees import copied, json_text, put, slots, tree_of, trimmed, value_at, yaml_text

__all__ = ["MAKERS", "Fits", "Maker", "Trees"]

Fits = Callable[[bytes], bool]
"""Whether an input is read."""

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

    def keep(self, content: bytes, fit: bool) -> None:
        """Change this one further too; whether it was read is told."""
        if len(content) <= LONGEST_KEPT and len(self.kept) < MOST_KEPT:
            self.kept.append(content)


class Trees(Maker):
    """Makes inputs that are trees of keys and values.

    Parameters
    ----------
    trees : list of tree
        Where it begins; each is read.
    written : callable
        How a tree is written down.
    starts : list of tree
        Smaller ones, each of which is read too; they are changed more often than whole ones.
    whole, gentle : float
        How often a whole one is changed, and how often the changes are such as a reader mostly accepts.
    parts : int
        Entries of each mapping of parts of whole ones, which are changed too although they are not read: that is fast. None when 0.
    yaml : bool
        Whether the trees are YAML.
    """

    def __init__(
        self,
        trees: list[Any],
        written: Callable[[Any, Random], bytes],
        starts: list[Any],
        *,
        whole: float,
        gentle: float,
        parts: int = 0,
        yaml: bool = True,
    ) -> None:
        self.trees, self.written, self.yaml, self.small, self.whole, self.gentle = trees, written, yaml, starts, whole, gentle
        self.words = Words(trees, yaml)
        random = Random(0)
        self.parts = [_short(trimmed(tree, random, parts)) for tree in trees for _ in range(200 // len(trees) if parts else 0)]
        super().__init__([written(tree, random) for tree in [*self.small, *self.parts]])
        self.last: Any = None
        self.found: list[Any] = []
        self.fit: list[Any] = []

    def make(self, random: Random) -> bytes:
        """One more input: changed as bytes, as ill as can be, or so that it is most likely still read."""
        self.last = None
        which = random.random()
        if which < 0.2:
            return super().make(random)
        if which < 1.0 - self.gentle:
            tree = copied(random.choice(self.parts)) if self.parts and random.random() < 0.5 else self._tree(random, self.found)
            if random.random() < 0.3:
                tree = gently_changed(tree, random, self.words)
            self.last = changed(tree, random, self.words)
            return self.written(self.last, random)
        self.last = gently_changed(self._tree(random, self.fit), random, self.words)
        content = self.written(self.last, random)
        if self.yaml and random.random() < 0.4:
            return laid_out(content.decode("utf-8", "surrogatepass"), random).encode("utf-8", "surrogatepass")
        return content

    def _tree(self, random: Random, found: list[Any]) -> Any:
        """A copy of a whole tree, of one that was found, or of a small one."""
        which = random.random()
        if which < self.whole:
            return copied(random.choice(self.trees))
        return copied(random.choice(found if found and which < 0.5 else self.small))

    def keep(self, content: bytes, fit: bool) -> None:
        """Change this one further too, as a tree where it is one."""
        super().keep(content, fit)
        found = self.fit if fit else self.found
        if self.last is not None and len(content) <= LONGEST_KEPT and len(found) < MOST_KEPT:
            found.append(self.last)


class Tables(Maker):
    """Makes tables of payments."""

    def make(self, random: Random) -> bytes:
        """One more input: four in five are changed cell by cell, the others as bytes."""
        if random.random() < 0.2:
            return super().make(random)
        return as_bytes(changed_rows(made_rows(random), random), random)


def _smaller(trees: list[Any], written: Callable[[Any, Random], bytes], fits: Fits, few: bool) -> list[Any]:
    """Trees that are read with fewer parts and shorter texts, in hundreds."""
    random, found = Random(0), []

    def still(tree: Any) -> bool:
        return fits(written(tree, random))

    for tree in trees:
        short = _short(copied(tree))
        begin = short if still(short) else tree
        if still(begin):
            times = max(1, (40 if few else 200) // len(trees))
            found += [less(copied(begin), random, random.randrange(4 if few else 12), still) for _ in range(times)]
    return found


def _short(tree: Any) -> Any:
    """The tree with long texts cut: they take time, and one reads as another does."""
    for holder, at in slots(tree):
        value = value_at(holder, at)
        if type(value) is str and len(value) > 40:
            put(holder, at, value[:12])
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
    from sim.settings.reading.files import SourceFile
    from sim.settings.reading.problems import Findings
    from sim.settings.reading.tree import plain
    from sim.settings.reading.yaml_reader import read_tree

    found = [read_tree(SourceFile(path, path.name), Findings()) for path in sorted(paths)[:: 6 if few else 1]]
    return [tree_of(plain(tree)) for tree in found if tree is not None]


def scenarios(few: bool, fits: Fits) -> Maker:
    """Scenario files: the shipped ones."""
    trees = _trees_of((path for path in (ROOT / "scenarios").rglob("*.yaml") if path.parent.name != "places"), few)
    return Trees(trees, _yaml, _smaller(trees, _yaml, fits, few), whole=0.1, gentle=0.3)


def places(few: bool, fits: Fits) -> Maker:
    """Place files: the smallest that is read; now and then a whole shipped one, which is long."""
    whole = _trees_of((ROOT / "scenarios" / "places").glob("*.yaml"), few)
    return Trees([*whole, small_place()], _yaml, [small_place()], whole=0.0005, gentle=0.4, parts=2)


def experiments(few: bool, fits: Fits) -> Maker:
    """Experiment files: the shipped ones."""
    trees = _trees_of((ROOT / "experiments").glob("*.yaml"), few)
    return Trees(trees, _yaml, _smaller(trees, _yaml, fits, few), whole=0.1, gentle=0.25, parts=3)


def mappings(few: bool, fits: Fits) -> Maker:
    """Mapping files: what is written for the spend files of the tests, and one with every key."""
    from sim.spend import read_spend, write_mapping

    every = {"file": "*.csv", "sheet": "One", "header_line": 0, "columns": {"supplier": 1, "date": "Paid", "amount": 3, "category": None}}
    every |= {"date_order": "day-first", "decimal": "comma", "payments": "negative", "delimiter": "tab", "encoding": "cp1252", "body": "A"}
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted((ROOT / "tests" / "data" / "spend").glob("*20*"))[:: 3 if few else 1]:
            write_mapping(Path(folder, f"{path.stem}.yaml"), read_spend(path))
        trees = _trees_of(Path(folder).glob("*.yaml"), few)
    trees.append(tree_of({"files": [every, {"file": "b"}]}))
    return Trees(trees, _yaml, _smaller(trees, _yaml, fits, few), whole=0.1, gentle=0.2)


def contracts(few: bool, fits: Fits) -> Maker:
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
    trees, random = [tree_of(tree) for tree in small * 8] + trees, Random(0)
    starts = [_short(trimmed(tree, random, 4)) for tree in trees for _ in range(600 // len(trees))]
    return Trees(trees, _json, starts, whole=0.05, gentle=0.05, yaml=False)


def links(few: bool, fits: Fits) -> Maker:
    """Links: the states of the shipped scenarios."""
    import sim
    from sim.errors import InputError
    from sim.page.state.page_state import StateReader
    from sim.settings.names import shipped

    reader = StateReader()
    names = [name for name in shipped("scenario") if name.startswith(("levers/", "anytown/", "preston/"))]
    states = []
    for name in names[:: 12 if few else 1]:
        try:
            states.append(tree_of(reader.state_of_scenario(sim.load(name))))
        except InputError:  # beyond what the page allows
            continue
    return Trees(states, _letters, _smaller(states, _letters, fits, few), whole=0.2, gentle=0.3, yaml=False)


def spending(few: bool, fits: Fits) -> Maker:
    """Spend files: the first lines of those of the tests, a whole workbook of each kind, and tables made up."""
    starts = [_head(path.read_bytes()) for path in sorted((ROOT / "tests" / "data" / "spend").glob("*.csv"))]
    random = Random(0)
    starts += [as_bytes(made_rows(random), random) for _ in range(200)]
    return Tables(starts)


def _head(content: bytes) -> bytes:
    return b"\n".join(content.split(b"\n")[:6]) + b"\n"


MAKERS: Final[dict[str, Callable[[bool, Fits], Maker]]] = {
    "scenario": scenarios,
    "place": places,
    "experiment": experiments,
    "mapping": mappings,
    "spend": spending,
    "contracts": contracts,
    "link": links,
}
