"""What has not been worked out, and the commands that would: for shares of policies, and for what the answer hangs on."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from sim.report.findings.beside import same_scenario
from sim.report.findings.view import View
from sim.report.markup import Markup, element, join
from sim.report.numbers import count, english_list, plain
from sim.report.section import Section
from sim.report.standing import Standing
from sim.runs.explaining.explanation import Explanation
from sim.runs.seeds import seed_options

__all__ = ["commands", "other_runs", "scenario_word", "unmade_section"]


def unmade_section(view: View) -> Section | None:
    """The section where nothing has been explained; none where no scenario has two policies."""
    arms = [arm for arm in view.shown_arms if len(view.result.scenarios[arm].get("policies", ())) > 1]
    if not arms:
        return None
    titles = english_list([f"“{view.titles[arm]}”" for arm in arms])
    words = (
        f"{titles} {'have' if len(arms) > 1 else 'has'} several policies, and the differences in this report are those of all of them "
        "together. Which pillar or policy made how much takes further runs, with each part of the package alone and with the others. They "
        "were not made for this report, so nothing is said here."
    )
    parts: list[object] = [element("p", words)]
    for arm in arms:
        where = f"To find out for “{view.titles[arm]}”, type {Standing(view.result.path).words}:"
        parts += [element("p", where, class_="lead-in"), commands(_explaining(view, arm))]
    return Section("made", "What made the difference", join(parts))


def _explaining(view: View, arm: str) -> list[str]:
    """The commands that explain an arm and build this report with the explanation."""
    standing = Standing(view.result.path)
    runs = [*seed_options(view.result.seeds), "--months", str(view.result.months)]
    folder = standing.beside(f"{standing.short}-{arm.rpartition('/')[2]}-explained")
    explain = shlex.join(["localwealth", "explain", scenario_word(view, arm), "--by", "pillar", *runs, "--out", folder])
    return [explain, shlex.join(["localwealth", "report", standing.name, *view.given, "--explain", folder])]


def commands(lines: Sequence[str]) -> Markup:
    """Commands to be typed one after the other."""
    return element("pre", element("code", "\n".join(lines)))


def scenario_word(view: View, arm: str) -> str:
    """How commands name a scenario: by its name where it comes with the package, else by its file in the folder of the result."""
    try:
        typed = shlex.split(str(view.result.manifest.get("command", "")))
    except ValueError:
        typed = []
    if arm in typed and not arm.endswith((".yaml", ".yml")):
        return arm
    stored = next((str(item["file"]) for item in view.result.manifest.get("arms", ()) if item["name"] == arm and "file" in item), "")
    return f"{Standing(view.result.path).name}/{stored.removesuffix('.json')}.yaml" if stored else plain(arm)


def other_runs(view: View, explanation: Explanation) -> str:
    """What an explanation does not share with the report: reference, seeds or months; empty when it shares all."""
    words = []
    reference = explanation.result.scenarios[str(explanation.facts["reference"])]
    if not same_scenario(reference, view.result.scenarios[view.result.reference]):
        title = plain(explanation.result.titles[str(explanation.facts["reference"])])
        words.append(f"its reference is “{title}”, not “{view.reference}”")
    if tuple(explanation.seeds) != tuple(view.result.seeds):
        words.append(f"it rests on {count(len(explanation.seeds)).shown} paired runs, this report on {len(view.result.seeds)}")
    if int(explanation.facts["months"]) != view.result.months:
        words.append(f"it goes over {count(int(explanation.facts['months'])).shown} months, this report over {view.result.months}")
    return f"Other runs than those of this report: {'; '.join(words)}. The whole effects so need not be the same." if words else ""
