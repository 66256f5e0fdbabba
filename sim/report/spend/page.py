"""The page of a spend analysis: one file that opens offline and prints."""

from __future__ import annotations

from collections.abc import Sequence

from sim.report.markup import Markup, element
from sim.report.page import contents, document, numbered_sections
from sim.report.section import Section
from sim.report.spend.account import account_section, method_section, unsure_columns, unsure_section
from sim.report.spend.sections import headline_sentence, spend_findings
from sim.report.spend.tables import count
from sim.report.spend.view import SpendView

__all__ = ["spend_page", "spend_sections"]


def spend_sections(view: SpendView, more: Sequence[Section] = ()) -> list[Section]:
    """All sections in their order, others after the findings; the workbook holds their tables."""
    return [*spend_findings(view), *more, unsure_section(view), account_section(view), method_section(view)]


def spend_page(view: SpendView, sections: list[Section]) -> str:
    """The whole page.

    Parameters
    ----------
    view : SpendView
        The analysis for readers.
    sections : list of Section
        From :func:`spend_sections`.

    Returns
    -------
    str
        HTML in UTF-8 without any outside resource.
    """
    title = view.title + (f", seen from {view.place}" if view.place else "")
    kind = element("p", "localwealth spend", class_="kind")
    header = element("header", kind, element("h1", title), element("p", headline_sentence(view), class_="lead"), _read(view), _banner(view))
    parts = [header, contents(sections), numbered_sections(sections)]
    return document(title, parts, skip=("Go to the findings", "#headline"), made="from published files")


def _read(view: SpendView) -> Markup:
    """What was read, in one sentence."""
    values = view.analysis.headline
    period = f", {view.period}" if view.period else ""
    files = len(view.analysis.table("files")["file"].unique())
    return element(
        "p",
        f"{count(files).shown} file{'s' * (files != 1)}{period}: {count(values['rows_read']).shown} rows read, "
        f"{count(values['rows_used']).shown} used with {view.exact(values['pence_used']).shown}, "
        f"{count(values['rows_set_aside']).shown} set aside; {count(values['suppliers']).shown} suppliers with a name.",
    )


def _banner(view: SpendView) -> Markup:
    """What a reader must know before anything else."""
    values = view.analysis.headline
    lines = []
    unknown = values["all_unknown"]
    if view.located and unknown is not None and unknown >= 0.25:
        lines.append(
            f"For {view.share(unknown).shown} of the value it is not known where the supplier is. Give a supplier list to learn more."
        )
    unsure = unsure_columns(view)
    if unsure:
        was = "column was" if len(unsure) == 1 else "columns were"
        lines.append(f"{count(len(unsure)).shown} {was} not surely recognised: look at “What was read”.")
    return element("div", *(element("p", line) for line in lines), class_="banner", role="note") if lines else Markup("")
