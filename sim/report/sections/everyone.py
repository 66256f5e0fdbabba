"""If everyone does it: what the place gains, what others lose, and the sum of the two."""

from __future__ import annotations

from typing import Final

from sim.report.comparison_table import comparison_table
from sim.report.findings.view import View
from sim.report.markup import Markup, element, join
from sim.report.section import Section, bullets, numbered
from sim.report.table import Table, render_table
from sim.report.words import difference_words, lower_first

__all__ = ["everyone_section"]

SERIES: Final = ("jobs", "jobs_elsewhere", "jobs_in_all", "sales_here", "sales_elsewhere", "sales_in_all", "exports_lost")


def everyone_section(view: View) -> Section | None:
    """The section, where an arm has policies and the measures were recorded."""
    arms = [arm for arm in view.others if _has_policies(view, arm)]
    if not arms or "jobs_in_all" not in view.series_names:
        return None
    lead = element(
        "p",
        "Contract work that moves here is work that leaves somewhere else. Suppliers elsewhere are taken to lose with it, respending "
        "included, what suppliers of the same sector gain here from a pound of the same work. They are taken to lose it at once, while "
        "firms here hire and grow over years: in the first years of a policy the sum errs on the side of loss. Only contracts are followed "
        "so: what levers take from elsewhere by other ways (shopping, investment, branches) is not in these figures.",
    )
    tables: list[Table] = []
    parts: list[object] = [lead, bullets([_sentence(view, arm) for arm in arms])]
    for place, arm in enumerate(arms, start=1):
        caption = f"Here, elsewhere and together: “{view.titles[arm]}”, {view.window_words}"
        table = comparison_table(
            numbered("Here and elsewhere", place, len(arms) > 1), caption, view.several(arm, SERIES), view.reference, view.titles[arm]
        )
        parts.append(render_table(table, "wide"))
        tables.append(table)
    parts.append(_advice(view))
    return Section("everyone", "If everyone does it", join(parts), tables)


def neighbours_of(view: View, arm: str) -> str:
    """What other places do in an arm."""
    return str(view.result.scenarios[arm].get("settings", {}).get("neighbours", {}).get("value") or "unchanged")


def _has_policies(view: View, arm: str) -> bool:
    """Whether an arm has any policy."""
    return bool(view.result.scenarios[arm].get("policies"))


def _sentence(view: View, arm: str) -> str:
    """The sum for one arm in words."""
    others = {"unchanged": "others unchanged", "same-policies": "the region does the same", "everywhere": "everyone does the same"}
    here, elsewhere, together = (view.compared(arm, name) for name in ("jobs", "jobs_elsewhere", "jobs_in_all"))
    if here is None or elsewhere is None or together is None:
        return f"“{view.titles[arm]}”: not recorded."
    return (
        f"“{view.titles[arm]}”, {others.get(neighbours_of(view, arm), '')}: jobs here {lower_first(difference_words(here))}; elsewhere "
        f"{lower_first(difference_words(elsewhere))}; together {lower_first(difference_words(together))}.{_of_shocks(view, arm)}"
    )


def _of_shocks(view: View, arm: str) -> str:
    """A warning where the arm and its reference do not meet the same shocks: the difference is then not that of policies alone."""
    here, reference = (_shocks(view, one) for one in (arm, view.result.reference))
    return "" if here == reference else " Its shocks are not those of the reference: what they did here is in these figures too."


def _shocks(view: View, arm: str) -> list[tuple[str, dict[str, object]]]:
    """Shocks of an arm with their settings."""
    uses = view.result.scenarios[arm].get("shocks") or ()
    return [(str(use["use"]), {name: entry["value"] for name, entry in use["options"].items()}) for use in uses]


def _advice(view: View) -> Markup:
    """How to see the other case."""
    if all(neighbours_of(view, arm) == "unchanged" for arm in view.others):
        words = "To see what is left of the gain here when others adopt the same policies, add a scenario whose file says "
        return element("p", words, element("code", "neighbours: everywhere"), ".")
    return Markup("")
