"""What a report says without unit or interval: numbers of its sentences, differences of its sentences and tables."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from typing import Final

#: Sections whose sentences and tables say what was found.
FINDINGS: Final = ("headline", "cost", "everyone", "paths", "pound", "owners", "security")
NUMBER: Final = r"[£$€]?-?\d[\d,]*(?:\.\d+)?m?"
#: A word that is no unit: the side of a difference, unless its unit follows, or a word that joins.
NO_UNIT: Final = r"(?!(?:higher|lower)\b(?! as | in | on )|with\b|and\b)"
#: A number that says what it counts: a sign before or behind it, or a word right behind it.
WITH_UNIT: Final = re.compile(rf"[£$€]\S+|{NUMBER}(?:%|p\b| points?\b| \(| {NO_UNIT}[a-z£])")
DIFFERENCE: Final = re.compile(rf"{NUMBER}[^;:()“”\d]*? (?:higher|lower)\b")
ENDS: Final = re.compile(r" to |same in all runs|no interval|too few runs|INTERVAL")
SENTENCE: Final = re.compile(r"<(?:li|figcaption)\b.*?</(?:li|figcaption)>|<p class=\"lead\">.*?</p>", re.DOTALL)
NOTE: Final = re.compile(r'<span class="[^"]*note">.*?</span>', re.DOTALL)
#: Levels with their unit, before the difference between them.
LEVELS: Final = rf"(?:{NUMBER}[^;:]+ with “”, against {NUMBER} with “”; |“” {NUMBER}[^:]+: )"
LUCK: Final = "Can it be told from luck?"

Table = tuple[str, list[str], list[list[str]]]


def words_of(markup: str) -> str:
    """The words of a piece of a page, without its drawings."""
    bare = re.sub(r"<svg.*?</svg>", " ", markup, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", bare)).split())


def section_of(page: str, name: str) -> str:
    """The markup of one section; nothing where it is not there."""
    found = re.search(rf'<section id="{name}".*?</section>', page, flags=re.DOTALL)
    return found.group(0) if found else ""


def sentences_of(page: str) -> list[str]:
    """What the head of a page and its findings say in sentences: leads, items of lists, what stands below charts."""
    head = page[page.index("<header") : page.index("</header>")]
    parts = [head, *(re.sub(r"<details.*?</details>", "", section_of(page, name), flags=re.DOTALL) for name in FINDINGS)]
    return [words_of(NOTE.sub(" ", item)) for part in parts for item in SENTENCE.findall(part)]


def without_interval(sentence: str) -> list[str]:
    """Differences of a sentence that no interval follows."""
    shown = re.sub(r"95% interval[^;)]*", "INTERVAL", sentence)
    found = [difference.span() for difference in DIFFERENCE.finditer(shown)]
    until = [start for start, _ in found[1:]] + [len(shown)]
    return [shown[start:end] for (start, end), stop in zip(found, until, strict=False) if not ENDS.search(shown[end:stop])]


def without_unit(sentence: str) -> list[str]:
    """Numbers of a sentence that do not say what they count; ends of an interval and the level of the reference take that before them."""
    shown = re.sub(r"“[^”]*”", "“”", sentence)
    shown = re.sub(r"95% interval[^;)]*", "INTERVAL", shown)
    # A level has told the unit of a difference beside it.
    shown = re.sub(rf"({LEVELS}){NUMBER}( higher| lower)", r"\1", shown)
    shown = re.sub(rf"({LEVELS})[^(]*\(measured {NUMBER}( higher| lower)?;", r"\1", shown)
    shown = re.sub(rf"against {NUMBER} with", "against with", shown)
    shown = re.sub(rf"[,(] ?{NUMBER} to {NUMBER}(?: points)?", ",", shown)
    shown = re.sub(r"tenths? [^;:.]*|section \d+|LM3|first \d+|(?:index|score) of (?:at most )?[\d.]+(?: to [\d.]+)?", "", shown)
    numbers = re.finditer(rf"(?<![\w£$€.,-]){NUMBER}", shown)
    return [shown[max(0, found.start() - 20) : found.end() + 20] for found in numbers if not WITH_UNIT.match(shown[found.start() :])]


def tables_of(page: str) -> list[Table]:
    """Caption, heads and rows of every table of the findings; a small line of a cell stands behind a bar."""
    found = []
    for name in FINDINGS:
        for table in re.findall(r"<table.*?</table>", section_of(page, name), flags=re.DOTALL):
            caption = words_of(re.findall(r"<caption>.*?</caption>", table, flags=re.DOTALL)[0])
            head, body = table.split("</thead>")
            heads = [words_of(cell) for cell in re.findall(r"<th .*?</th>", head, flags=re.DOTALL)]
            rows = [re.findall(r"<t[hd]\b.*?</t[hd]>", row, flags=re.DOTALL) for row in re.findall(r"<tr>.*?</tr>", body, flags=re.DOTALL)]
            found.append((caption, heads, [[words_of(cell.replace("<small>", " | ")) for cell in row] for row in rows]))
    return found


def unsaid_of_tables(page: str, units: set[str]) -> list[str]:
    """Tables whose differences have no interval, and rows without a unit where the caption has none either."""
    wrong = []
    for caption, heads, rows in tables_of(page):
        at = [place for place, head in enumerate(heads) if head == "Difference"]
        wrong += [f"no interval: {caption}" for place in at if not _has_interval(heads[place + 1 : place + 4])]
        if at and not any(f", {unit}," in caption for unit in units):
            wrong += [f"no unit: {row[0]} in {caption}" for row in rows if not row[0].partition(" | ")[2]]
    return wrong


def _has_interval(heads: list[str]) -> bool:
    """Whether an interval follows, with at most a drawing between."""
    ends = ["95% interval, from", "to"]
    return ends in (heads[:2], heads[1:])


def told_differently(page: str) -> list[str]:
    """Rows of one measure with the same numbers and another answer on whether they can be told from luck."""
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for _, heads, rows in tables_of(page):
        if LUCK in heads:
            at = heads.index(LUCK)
            for row in rows:
                found[(*row[:4], *row[at - 2 : at])].add(row[at])
    return [" ".join(key) for key, answers in found.items() if len(answers) > 1]
