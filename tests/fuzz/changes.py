"""Changes to a tree: what people, programs and ill will do to a file with keys and values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Any, Final

from .nasty import DATES, JSON_VALUES, NAMES, NUMBERS, TEXTS, YAML_VALUES, laughs
from .trees import Pairs, Raw, copied, put, slots, value_at

__all__ = ["Words", "changed"]


class Words:
    """Keys and values that stand somewhere in files of the reader.

    Parameters
    ----------
    trees : sequence of tree
        The files.
    yaml : bool
        Whether they are written as YAML, and not as JSON.
    """

    def __init__(self, trees: Sequence[Any], yaml: bool) -> None:
        self.yaml = yaml
        keys: dict[str, list[Any]] = {}
        for tree in trees:
            for holder, at in slots(tree):
                if type(holder) is Pairs and type(holder[at][0]) is str:
                    keys.setdefault(holder[at][0], []).append(holder[at][1])
        self.keys: Final = tuple(keys)
        self.beside: Final = _beside(trees)
        self.values: Final = {key: tuple(found[:: max(1, len(found) // 60)]) for key, found in keys.items()}

    def value(self, random: Random) -> Any:
        """Any value at all: ill made, or one of another key."""
        which = random.random()
        if which < 0.3:
            return random.choice(NUMBERS)
        if which < 0.42:
            return random.choice(DATES)
        if which < 0.54:
            return random.choice(NAMES)
        if which < 0.64:
            return random.choice(TEXTS)
        if which < 0.8:
            return random.choice(YAML_VALUES if self.yaml else JSON_VALUES)
        if which < 0.9 and self.keys:
            return copied(random.choice(self.values[random.choice(self.keys)]))
        return random.choice((None, True, False, [], Pairs(), [[]], [None], Pairs([["value", 1]]), [1, 2], "x"))


def _beside(trees: Sequence[Any]) -> dict[str, tuple[str, ...]]:
    """By key the keys that stand beside it anywhere."""
    beside: dict[str, dict[str, None]] = {}
    for tree in trees:
        for holder, at in slots(tree):
            if type(holder) is Pairs and at == 0:
                names = [key for key, _ in holder if type(key) is str][:40]
                for name in names:
                    beside.setdefault(name, {}).update(dict.fromkeys(names))
    return {key: tuple(found) for key, found in beside.items()}


def changed(tree: Any, random: Random, words: Words) -> Any:
    """The tree with one to four changes; it is changed itself, or another stands for it."""
    for _ in range(random.choice((1, 1, 1, 2, 2, 3, 4))):
        places = slots(tree)
        if not places:
            return words.value(random)
        holder, at = random.choice(places)
        random.choice(_CHANGES)(tree, holder, at, random, words)
    return tree


def _key(holder: Any, at: int, key: Any) -> None:
    if type(holder) is Pairs:
        holder[at] = [key, holder[at][1]]


def left_out(tree: Any, holder: Any, at: int, random: Random, words: Words) -> None:
    del holder[at]


def twice(tree: Any, holder: Any, at: int, random: Random, words: Words) -> None:
    holder.insert(random.randint(0, len(holder)), copied(holder[at]))


def many_times(tree: Any, holder: Any, at: int, random: Random, words: Words) -> None:
    for number in range(random.choice((5, 30))):
        more = copied(holder[at])
        holder.append([f"{more[0]}{number}", more[1]] if type(holder) is Pairs and random.random() < 0.8 else more)


def misspelt(tree: Any, holder: Any, at: int, random: Random, words: Words) -> None:
    key = str(holder[at][0]) if type(holder) is Pairs else ""
    if key:
        place = random.randrange(len(key))
        mend: Callable[[str], str] = random.choice((str.upper, str.title, lambda text: text.replace("_", "-"), lambda text: f" {text}"))
        _key(holder, at, mend(key) if random.random() < 0.4 else key[:place] + random.choice(("", "x", key[place] * 2)) + key[place + 1 :])


def other_key(tree: Any, holder: Any, at: int, random: Random, words: Words) -> None:
    _key(holder, at, random.choice(words.keys) if words.keys and random.random() < 0.7 else words.value(random))


def other_value(tree: Any, holder: Any, at: int, random: Random, words: Words) -> None:
    put(holder, at, words.value(random))


def same_key_elsewhere(tree: Any, holder: Any, at: int, random: Random, words: Words) -> None:
    if type(holder) is Pairs and type(holder[at][0]) is str:
        put(holder, at, copied(random.choice(words.values.get(holder[at][0]) or (None,))))


def new_key(tree: Any, holder: Any, at: int, random: Random, words: Words) -> None:
    if words.keys:
        key = random.choice(words.keys)
        value = copied(random.choice(words.values[key])) if random.random() < 0.7 else words.value(random)
        holder.insert(at, [key, value] if type(holder) is Pairs else value)


def wrapped(tree: Any, holder: Any, at: int, random: Random, words: Words) -> None:
    value = value_at(holder, at)
    put(
        holder,
        at,
        random.choice(([value], [value, value], Pairs([["value", value]]), Pairs([[random.choice(words.keys or ("a",)), value]]))),
    )


def unwrapped(tree: Any, holder: Any, at: int, random: Random, words: Words) -> None:
    value = value_at(holder, at)
    if type(value) in (list, Pairs) and value:
        put(holder, at, value_at(value, 0))


def swapped(tree: Any, holder: Any, at: int, random: Random, words: Words) -> None:
    other, place = random.choice(slots(tree))
    one, two = value_at(holder, at), value_at(other, place)
    put(other, place, copied(one))
    put(holder, at, copied(two))


def number_moved(tree: Any, holder: Any, at: int, random: Random, words: Words) -> None:
    value = value_at(holder, at)
    if type(value) in (int, float) and abs(value) < 1e200:
        put(
            holder,
            at,
            random.choice(
                (-value, value * 10, value / 10, value + 1, value - 1, value + 1e-9, value * 1e12, int(value), float(value), str(value))
            ),
        )
    else:
        other_value(tree, holder, at, random, words)


def deep(tree: Any, holder: Any, at: int, random: Random, words: Words) -> None:
    value = value_at(holder, at)
    for _ in range(random.choice((3, 7, 12, 15, 70))):
        value = [value] if random.random() < 0.5 else Pairs([["a", value]])
    put(holder, at, value)


def text_moved(tree: Any, holder: Any, at: int, random: Random, words: Words) -> None:
    value = value_at(holder, at)
    if type(value) is not str or not value:
        return other_value(tree, holder, at, random, words)
    place = random.randrange(len(value) + 1)
    scrap = (
        random.choice(TEXTS)
        if random.random() < 0.5
        else chr(random.choice((0, 9, 34, 39, 45, 47, 58, 160, 8232, 0xFEFF, 0x1F600, random.randrange(1, 0xD800))))
    )
    return put(holder, at, value[:place] + scrap + value[place + random.randint(0, 2) :])


def anchored(tree: Any, holder: Any, at: int, random: Random, words: Words) -> None:
    if not words.yaml:
        return other_value(tree, holder, at, random, words)
    if random.random() < 0.1:
        return put(holder, at, laughs(random.choice((3, 6, 9)), random.choice((2, 9))))
    value = value_at(holder, at)
    if type(value) not in (list, Pairs):
        put(holder, at, Raw(f"&a {'null' if value is None else value if type(value) is Raw else repr(value)}"))
    other, place = random.choice(slots(tree))
    return put(other, place, Raw("*a"))


_CHANGES: Final = (
    left_out, twice, many_times, misspelt, misspelt, other_key, other_value, other_value, other_value, other_value, same_key_elsewhere,
    same_key_elsewhere, new_key, new_key, wrapped, unwrapped, swapped, number_moved, number_moved, deep, text_moved, text_moved, anchored,
)  # fmt: skip
