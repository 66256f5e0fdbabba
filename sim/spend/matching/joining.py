"""Which spellings are of one supplier: equal normal forms first, then a number or a postcode as evidence, then typing slips."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from sim.spend.matching.likeness import SLIP_LENGTH, differ_weakly, is_slip, shortened, tells_apart
from sim.spend.matching.names import NormalName, normal_name
from sim.spend.matching.phrases import singular

__all__ = ["Join", "Spelling", "join_spellings"]

#: A number of a supplier that stands beside more names than this is a collective account, not a supplier's.
MOST_NAMES_OF_A_NUMBER: Final = 5
#: Files cut names; one of this many letters may be the start of another.
CUT_LENGTH: Final = 22
#: Of names that are equal but for one word and a letter of it no more are compared with one another.
MOST_ALIKE: Final = 20
#: Of more names with one postcode not every pair is compared: an accountant's address, or a building with many firms.
MOST_NAMES_OF_A_POSTCODE: Final = 200


class Join(NamedTuple):
    """Why a spelling belongs to a group.

    Parameters
    ----------
    group : int
        Groups are numbered from nought in the order of their first spelling.
    certainty : float
        1 for the spelling the group is named by; else of the weakest of the signs on the way to it.
    why : str
        The weakest sign.
    """

    group: int
    certainty: float
    why: str


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way in which a supplier is written, and what stands beside it.

    Parameters
    ----------
    name : str
        As printed.
    value : int
        Value of its payments, pence, credits counted as positive.
    numbers : frozenset of tuple
        Publishing body and the number it gives the supplier.
    postcodes : frozenset of str
        Postcodes beside it.
    """

    name: str
    value: int = 0
    numbers: frozenset[tuple[str, str]] = frozenset()
    postcodes: frozenset[str] = frozenset()


def join_spellings(spellings: Sequence[Spelling]) -> list[Join]:
    """Join the spellings of one supplier.

    Parameters
    ----------
    spellings : sequence of Spelling
        Different names; none of them withheld.

    Returns
    -------
    list of Join
        One for each spelling.

    Examples
    --------
    >>> joins = join_spellings([Spelling("Acme Tools Ltd", 9), Spelling("ACME TOOLS LIMITED", 5), Spelling("Acme Tolls Ltd", 1)])
    >>> [join.group for join in joins], joins[1].why
    ([0, 0, 1], 'the same words')
    """
    work = _Joining(spellings)
    for step in (work.equal_words, work.equal_cores, work.same_number, work.same_postcode, work.trading_names, work.cut_names, work.slips):
        step()
    return work.joins()


class _Joining:
    """Spellings on their way into groups."""

    def __init__(self, spellings: Sequence[Spelling]) -> None:
        self.spellings = spellings
        self.names: list[NormalName] = [normal_name(spelling.name) for spelling in spellings]
        self.words: list[tuple[str, ...]] = [tuple(name.base.split(" ")) for name in self.names]
        self.parent = list(range(len(spellings)))
        self.forms: list[set[str]] = [{name.legal} - {""} for name in self.names]
        self.bare: set[int] = set()
        self.links: dict[int, list[tuple[int, float, str]]] = defaultdict(list)

    def root(self, index: int) -> int:
        """The spelling that stands for a group."""
        while self.parent[index] != index:
            self.parent[index] = self.parent[self.parent[index]]
            index = self.parent[index]
        return index

    def link(self, first: int, second: int, certainty: float, why: str, *, any_form: bool = False) -> None:
        """Join two groups, unless their legal forms differ and no evidence says that does not matter."""
        one, other = self.root(first), self.root(second)
        form = not (self.bare & {first, second}) and len(self.forms[one] | self.forms[other]) <= 1
        if one == other or not (any_form or form):
            return
        keep, drop = min(one, other), max(one, other)
        self.parent[drop] = keep
        self.forms[keep] |= self.forms[drop]
        self.links[first].append((second, certainty, why))
        self.links[second].append((first, certainty, why))

    def equal_words(self) -> None:
        """The same words, with or without the spaces between them."""
        for alike in self.buckets(lambda index: [self.names[index].base.replace(" ", "")]):
            forms = {self.names[index].legal for index in alike} - {""}
            if len(forms) > 1:
                # Of a bare name beside two legal forms nobody can say which it is.
                self.bare.update(index for index in alike if not self.names[index].legal)
            for one in alike[1:]:
                first = alike[0] if len(forms) <= 1 else next(other for other in alike if self.names[other].legal == self.names[one].legal)
                same = self.words[first] == self.words[one]
                why = "the same words" if same else "the same letters, spaces set otherwise"
                self.link(first, one, 0.98 if same else 0.93, why, any_form=self.names[first].legal == self.names[one].legal)

    def equal_cores(self) -> None:
        """The same words but for a branch, a country or a plural."""
        for alike in self.buckets(lambda index: [self.names[index].core] if len(self.names[index].core) > 2 else []):
            for one in alike[1:]:
                self.link(alike[0], one, 0.85, "the same words but for a branch, an account or a country")
        for alike in self.buckets(lambda index: [" ".join(map(singular, self.words[index]))] if len(self.words[index]) > 1 else []):
            for one in alike[1:]:
                self.link(alike[0], one, 0.88, "the same words but for a plural")

    def same_number(self) -> None:
        """One body's number for the supplier beside names that are alike."""
        for alike in self.buckets(lambda index: self.spellings[index].numbers):
            if len({self.root(index) for index in alike}) <= MOST_NAMES_OF_A_NUMBER:
                self.link_pairs(alike, self.alike_with_number, 0.92, "the same supplier number and a name alike")

    def same_postcode(self) -> None:
        """One postcode beside names that differ by weak words or a slip."""
        for alike in self.buckets(lambda index: self.spellings[index].postcodes):
            if len(alike) <= MOST_NAMES_OF_A_POSTCODE:
                self.link_pairs(
                    alike, lambda one, two: differ_weakly(self.words[one], self.words[two], 6), 0.88, "the same postcode, a name alike"
                )

    def trading_names(self) -> None:
        """A name that another firm is said to trade under."""
        by_base = {name.base: index for index, name in reversed(list(enumerate(self.names)))}
        for index, name in enumerate(self.names):
            other = by_base.get(name.trading) if " " in name.trading else None
            if other is not None:
                self.link(index, other, 0.75, "a trading name of the other", any_form=True)

    def cut_names(self) -> None:
        """A name that ends within a word and goes on so in one other."""
        order = sorted(range(len(self.names)), key=lambda index: self.names[index].base)
        for place, index in enumerate(order[:-1]):
            base = self.names[index].base
            if len(base) < CUT_LENGTH or self.names[index].legal:
                continue
            longer = [other for other in order[place + 1 : place + 4] if self.names[other].base.startswith(base)]
            if len({self.root(other) for other in longer} - {self.root(index)}) == 1 and self.names[longer[0]].base[len(base) :][:1] != " ":
                self.link(index, longer[0], 0.85, "a name that was cut")

    def slips(self) -> None:
        """One typing slip in one long word, all other words being equal."""
        frames: dict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
        for index, words in enumerate(self.words):
            if self.root(index) != index or any(tells_apart(word) and not word.isdigit() for word in words):
                continue
            for place, word in enumerate(words):
                if len(word) >= SLIP_LENGTH - 1 and word.isalpha():
                    frames[(*words[:place], "", *words[place + 1 :])].append((index, place))
        for frame in frames.values():
            if len(frame) > 1:
                self.slips_within(frame)

    def slips_within(self, frame: Sequence[tuple[int, int]]) -> None:
        """Typing slips among names that are equal but for one word, each with that word's position."""
        near: dict[str, list[int]] = defaultdict(list)
        for index, place in frame:
            for short in shortened(self.words[index][place]):
                near[short].append(index)
        place = frame[0][1]
        for alike in near.values():
            for position, one in enumerate(alike[:MOST_ALIKE]):
                for two in alike[position + 1 : MOST_ALIKE]:
                    if one != two and is_slip(self.words[one][place], self.words[two][place], SLIP_LENGTH):
                        self.link(one, two, 0.8, "one typing slip in a long word")

    def alike_with_number(self, one: int, two: int) -> bool:
        """Whether two names beside one number are alike enough."""
        from rapidfuzz import fuzz

        first, second = self.words[one], self.words[two]
        if differ_weakly(first, second, 4):
            return True
        differing = set(first) ^ set(second)
        return not any(map(tells_apart, differing)) and fuzz.token_set_ratio(" ".join(first), " ".join(second)) >= 85.0

    def link_pairs(self, alike: Sequence[int], test: Callable[[int, int], bool], certainty: float, why: str) -> None:
        """Link every pair that a test lets through."""
        for place, one in enumerate(alike):
            for two in alike[place + 1 :]:
                if self.root(one) != self.root(two) and test(one, two):
                    self.link(one, two, certainty, why, any_form=True)

    def buckets(self, keys: Callable[[int], Iterable[object]]) -> list[list[int]]:
        """Spellings that share a key, where there are several; in the order of the spellings."""
        found: dict[object, list[int]] = defaultdict(list)
        for index in range(len(self.spellings)):
            for key in keys(index):
                if key:
                    found[key].append(index)
        return [alike for alike in found.values() if len(alike) > 1]

    def joins(self) -> list[Join]:
        """Groups, and for each spelling the weakest sign between it and the spelling of most value."""
        members: dict[int, list[int]] = defaultdict(list)
        for index in range(len(self.spellings)):
            members[self.root(index)].append(index)
        result: list[Join] = [Join(0, 1.0, "")] * len(self.spellings)
        for group, indices in enumerate(members.values()):
            head = max(indices, key=lambda index: (self.spellings[index].value, -index))
            for index, (certainty, why) in _from(head, self.links).items():
                result[index] = Join(group, certainty, why)
        return result


def _from(head: int, links: Mapping[int, Sequence[tuple[int, float, str]]]) -> dict[int, tuple[float, str]]:
    """Weakest sign on the way from one spelling to each that is joined with it."""
    found = {head: (1.0, "the spelling of most value")}
    waiting = [head]
    while waiting:
        one = waiting.pop()
        for two, certainty, why in links.get(one, ()):
            if two not in found:
                weaker = found[one][0] < certainty
                found[two] = found[one] if weaker else (certainty, why)
                waiting.append(two)
    return found
