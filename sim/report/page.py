"""The page: one file without any outside resource, with a contents list, headings in order, and a style that prints."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources
from typing import Final

from sim.report.findings.view import View
from sim.report.markup import Markup, element, join
from sim.report.numbers import count, english_list, plain
from sim.report.section import Section, bullets
from sim.report.sections.cost import hidden_sentences, programme_sentences, region_sentences, sum_sentences
from sim.report.sections.headline import headline_sentence
from sim.report.words import HINT
from sim.runs.words.copies import copy_words

__all__ = ["contents", "document", "numbered_sections", "render_page"]

#: Letters of the title that fit at the head of a printed page.
HEAD: Final = 110


def render_page(view: View, sections: Sequence[Section]) -> str:
    """The whole page.

    Parameters
    ----------
    view : View
        The result.
    sections : sequence of Section
        In order; they are numbered here.

    Returns
    -------
    str
        HTML in UTF-8.
    """
    title = _title(view)
    header = element("header", element("p", "localwealth report", class_="kind"), element("h1", title), _lead(view), _banners(view))
    return document(title, [header, contents(sections), numbered_sections(sections)], skip=("Go to the findings", "#headline"))


def document(title: str, parts: Sequence[Markup], skip: tuple[str, str], made: str = "from stored results") -> str:
    """A whole HTML document with our style and no outside resource.

    Parameters
    ----------
    title : str
        Title of the page.
    parts : sequence of Markup
        Header, contents and main part.
    skip : tuple of str
        Words and target of the link that passes over the contents.
    made : str
        What the page is made from, in words.
    """
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", http_equiv="Content-Security-Policy", content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"),
        element("meta", name="generator", content="localwealth"),
        element("title", title),
        element("style", Markup(resources.files("sim.report").joinpath("style.css").read_text(encoding="utf-8") + _running_title(title))),
    )
    footer = element("footer", element("p", f"Made by localwealth {made}. Nothing was sent anywhere."))
    body = element("body", element("a", skip[0], href=skip[1], class_="skip"), *parts, footer)
    return "<!DOCTYPE html>\n" + element("html", head, body, lang="en-GB") + "\n"


def _running_title(title: str) -> str:
    r"""Style that prints the title at the head of every page but the first.

    Examples
    --------
    >>> _running_title("A & B").strip()
    '@page { @top-left { content: "A\\20 \\26 \\20 B"; } }'
    """
    short = title if len(title) <= HEAD else title[: HEAD - 1].rstrip() + "…"
    words = "".join(letter if letter.isascii() and letter.isalnum() else f"\\{ord(letter):x} " for letter in plain(short))
    return f'@page {{ @top-left {{ content: "{words}"; }} }}\n'


def _title(view: View) -> str:
    """Title of the page."""
    if not view.is_comparison:
        return f"{view.place}: {view.reference}"
    return f"{view.place}: {english_list([view.titles[arm] for arm in view.others])} against {view.reference}"


def _lead(view: View) -> Markup:
    """The headline sentence of each arm, what it cost, what others lost by it, and what it hides."""
    parts: list[object] = []
    for arm in view.shown_arms:
        parts.append(element("p", headline_sentence(view, arm), class_="lead"))
        if view.is_comparison:
            sums = sum_sentences(view, arm, ("service_bought",))
            parts.append(bullets([*programme_sentences(view, arm), *sums, *region_sentences(view, arm)[:1], *hidden_sentences(view, arm)]))
    said = join(parts)
    note = f"“{HINT[:1].upper()}{HINT[1:]}”: taken alone it can be told from luck, but not beside so many other measures (section 1)."
    return join([said, element("p", note, class_="note")]) if HINT in said else said


def _banners(view: View) -> Markup:
    """What a reader must know before anything else."""
    manifest = view.result.manifest
    words = []
    if not manifest["accounting"]["closed"]:
        words.append("The accounts of these runs do not close. Do not use these numbers.")
    if view.result.status != "complete":
        asked, done = len(manifest["seeds"]["requested"]), len(view.result.seeds)
        words.append(f"This result is not complete: {count(done).shown} of {count(asked).shown} seeds were run to the end.")
    if manifest["place"]["invented"]:
        words.append(f"{view.place} is an invented place. Nothing here may be quoted for a real one.")
    words += filter(None, [copy_words(manifest["place"])])
    if view.is_comparison and len(view.result.seeds) < 10:
        words.append(
            f"{count(len(view.result.seeds)).shown} paired runs are few: small differences can't be told from luck. 30 or more are better."
        )
    words += [str(note)[:1].upper() + str(note)[1:] + "." for note in manifest.get("notes", ())]
    words += [f"Seed {failure.seed} failed: {failure.message}" for failure in view.result.failures]
    return element("div", *(element("p", line) for line in words), class_="banner", role="note") if words else Markup("")


def contents(sections: Sequence[Section]) -> Markup:
    """The contents list."""
    items = [element("li", element("a", section.title, href=f"#{section.anchor}")) for section in sections]
    return element("nav", element("h2", "Contents", id="contents"), element("ol", *items), aria_labelledby="contents")


def numbered_sections(sections: Sequence[Section]) -> Markup:
    """The main part: the sections in order, with their numbers."""
    return element("main", *(_section(number, section) for number, section in enumerate(sections, start=1)))


def _section(number: int, section: Section) -> Markup:
    """One section with its number."""
    heading = element("h2", f"{number}. {section.title}", id=f"{section.anchor}-title")
    return element("section", heading, section.body, id=section.anchor, aria_labelledby=f"{section.anchor}-title")
