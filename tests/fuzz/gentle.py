"""Changes that a reader mostly accepts, so that what stands behind its checks is reached: near numbers, other order, other writing."""

from __future__ import annotations

import json
from random import Random
from typing import Any, Final

from .changes import Words
from .trees import Pairs, Raw, copied, flow_text, put, slots, value_at

__all__ = ["gently_changed", "laid_out", "less"]

#: What people write into titles and notes; all of it can be printed.
_PRINTED: Final = (
    "Ynys Môn", "Łódź", "東京 区", "مدينة", "עיר", "n\u0303", "\U0001f3d8",
    "½ · £ €", "'quoted'", '"twice"', "a: b", "# no comment", "\\", "%s {0}", "</script>",
    "- list", "[x]", "word " * 30,
)  # fmt: skip
_COMMENTS: Final = ("# a comment", "", "# [ { ' \" : - *a &b", "#", "   ", "# ünïcode 東京")


def gently_changed(tree: Any, random: Random, words: Words) -> Any:
    """The tree with one to three changes of this kind; it is changed itself."""
    for _ in range(random.choice((1, 1, 2, 3))):
        places = slots(tree)
        if places:
            holder, at = random.choice(places)
            random.choice(_CHANGES)(tree, holder, at, random, words)
    return tree


def less(tree: Any, random: Random, tries: int, fits: Any) -> Any:
    """The tree with parts left out that its reader does not need.

    Parameters
    ----------
    tree : tree
        One that fits; it is changed itself.
    random : Random
        Which parts are tried.
    tries : int
        How many.
    fits : callable
        Whether a tree is read.
    """
    for _ in range(tries):
        places = slots(tree)
        if not places:
            break
        holder, at = random.choice(places)
        gone = holder.pop(at)
        if not fits(tree):
            holder.insert(at, gone)
    return tree


def laid_out(text: str, random: Random) -> str:
    """The same YAML laid out otherwise: comments, empty lines, marks of documents, other ends of lines."""
    lines = text.split("\n")
    for _ in range(random.choice((0, 1, 3))):
        lines.insert(random.randrange(len(lines) + 1), random.choice(_COMMENTS))
    which = random.random()
    if which < 0.2:
        lines.insert(0, random.choice(("---", "%YAML 1.2\n---", "\ufeff# mark", "--- # one")))
    elif which < 0.3:
        lines.append("...")
    return random.choice(("\n", "\n", "\n", "\r\n")).join(lines)


def near_number(tree: Any, holder: Any, at: int, random: Random, words: Words) -> None:
    """A number of the same kind not far away; another value of the same key where it is none."""
    value = value_at(holder, at)
    if type(value) is int and abs(value) < 10**15:
        put(holder, at, random.choice((value + 1, value - 1, value * 2, value // 2, value + random.randrange(12), max(value, 1))))
    elif type(value) is float and abs(value) < 1e15:
        put(holder, at, random.choice((value * random.uniform(0.5, 1.5), round(value, 2), value / 2, random.random())))
    else:
        same_key(tree, holder, at, random, words)


def same_key(tree: Any, holder: Any, at: int, random: Random, words: Words) -> None:
    """What stands behind the same key elsewhere."""
    if type(holder) is Pairs and type(holder[at][0]) is str:
        found = words.values.get(holder[at][0])
        if found:
            put(holder, at, copied(random.choice(found)))


def new_neighbour(tree: Any, holder: Any, at: int, random: Random, words: Words) -> None:
    """One more key of those that stand beside this one elsewhere, with one of its values."""
    if type(holder) is Pairs and type(holder[at][0]) is str:
        beside = words.beside.get(holder[at][0])
        key = random.choice(beside) if beside else None
        if key is not None and all(entry[0] != key for entry in holder):
            holder.append([key, copied(random.choice(words.values[key]))])
    elif type(holder) is list and len(holder) < 12:
        holder.insert(at, copied(holder[at]))


def left_out(tree: Any, holder: Any, at: int, random: Random, words: Words) -> None:
    """Without it."""
    del holder[at]


def reordered(tree: Any, holder: Any, at: int, random: Random, words: Words) -> None:
    """Keys or items in another order."""
    random.shuffle(holder)


def other_words(tree: Any, holder: Any, at: int, random: Random, words: Words) -> None:
    """Other words in a text that has several."""
    value = value_at(holder, at)
    if type(value) is str and " " in value:
        scrap = random.choice(_PRINTED)
        put(holder, at, random.choice((f"{value} {scrap}", scrap, f"{scrap} {value}", value.upper(), value[: len(value) // 2] + scrap)))


def written_otherwise(tree: Any, holder: Any, at: int, random: Random, words: Words) -> None:
    """The same value in other signs."""
    value = value_at(holder, at)
    if type(value) is str:
        escaped = "".join(f"\\u{ord(sign):04x}" for sign in value if ord(sign) < 0xD800)
        ways = [f'"{escaped}"']
        if words.yaml and "\n" not in value:
            quoted = value.replace("'", "''")
            ways += [f"'{quoted}'", f"'{quoted}'", f"{json.dumps(value, ensure_ascii=False)} # why", f"|-\n{' ' * 48}{value}"]
        put(holder, at, Raw(random.choice(ways)))
    elif type(value) in (int, float) and 0 < abs(value) < 1e9:
        put(holder, at, Raw(random.choice((f"{value:.3e}", f"{float(value)!r}0", f"{value!r}", f"{value}e0"))))
    elif type(value) in (list, Pairs) and words.yaml:
        put(holder, at, Raw(random.choice((flow_text(value), flow_text(value).replace(", ", " ,   ")))))


def shared(tree: Any, holder: Any, at: int, random: Random, words: Words) -> None:
    """Two equal values of which the later refers to the earlier."""
    if not words.yaml:
        return reordered(tree, holder, at, random, words)
    value = value_at(holder, at)
    if type(value) is Raw or value in (None, "", [], {}):
        return None
    places = slots(tree)
    first = next(number for number, (other, place) in enumerate(places) if other is holder and place == at)
    later = [
        (other, place)
        for other, place in places[first + 1 :]
        if type(value_at(other, place)) is type(value) and value_at(other, place) == value
    ]
    if later:
        name = random.choice(("a", "b1", "ünï", "a-b"))
        put(*later[0], Raw(f"*{name} "))
        put(holder, at, Raw(f"&{name} {flow_text(value)}"))
    return None


_CHANGES: Final = (
    near_number, near_number, near_number, near_number, same_key, same_key, same_key, new_neighbour, new_neighbour, left_out, reordered,
    other_words,
    written_otherwise, written_otherwise, shared,
)  # fmt: skip
