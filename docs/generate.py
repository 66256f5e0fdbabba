"""Write the pages of docs/reference from the declarations in the code, so that they can't say anything else.

Run it as ``python docs/generate.py``. A test fails while a page differs from what this gives.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

import typer.main

import sim.catalogue  # noqa: F401  fills the registries
from sim import errors
from sim.cli import app
from sim.core.channels import CHANNELS, INSTITUTIONS, LOCAL_INSTITUTIONS
from sim.core.columns import Column
from sim.core.registry import MEASURES, POLICIES, SHOCKS, Intervention
from sim.core.stream_names import STREAMS
from sim.kinds import CONTRACT_COLUMNS, Anchor, Firm, Fund, Resident
from sim.kinds.categories import CATEGORIES
from sim.kinds.dwellings import DWELLING_COLUMNS
from sim.kinds.premises import PREMISES_COLUMNS
from sim.settings.describe import describe_option
from sim.settings.experiments.keys import ANSWER_KEYS, DESIGN_KEYS, EXPERIMENT_KEYS, VARY_KEYS
from sim.settings.parameters import PARAMETERS
from sim.settings.place import Place
from sim.settings.places.figure import Bounds
from sim.settings.places.keyed import Keyed
from sim.settings.reading.problems import Kind
from sim.settings.scenarios.keys import SCENARIO_KEYS, USE_KEYS
from sim.settings.sectors import SECTIONS, SECTORS, TITLES

FOLDER: Final = Path(__file__).resolve().parent / "reference"
NOTE: Final = "<!-- Written by docs/generate.py from the declarations in the code. Change those, then run it. -->"

Rows = Iterable[Sequence[object]]


def cell(value: object) -> str:
    """One cell of a table, on one line and without a bare stroke.

    Examples
    --------
    >>> cell("a | b"), cell(None), cell(0.25), cell(True), cell(9440.0)
    ('a \\\\| b', '', '0.25', 'yes', '9440')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = f"{value:.12g}" if isinstance(value, float) else str(value)
    return " ".join(text.split()).replace("|", "\\|")


def table(heads: Sequence[str], rows: Rows) -> str:
    """A table in Markdown.

    Examples
    --------
    >>> print(table(["Name", "Unit"], [["lots", "pounds"]]))
    | Name | Unit |
    | --- | --- |
    | lots | pounds |
    """
    lines = [heads, ["---"] * len(heads), *([cell(value) for value in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def page(title: str, *parts: str) -> str:
    """A whole page."""
    return "\n\n".join([f"# {title}", NOTE, *parts]) + "\n"


def code(name: object) -> str:
    """A name as code."""
    return f"`{name}`"


def parameters_page() -> str:
    """Every parameter, by group."""
    intro = (
        "Any of these may be set under `parameters:` in a scenario file. The mark says how well a default is founded: **A** read in "
        "an official or primary source, **B** in a secondary source, **C** worked out from these or chosen within what they say, "
        "**assumption** assumed: sweep it. "
        "*Lowest* and *highest* are what may be set, not what is believed.\n\n"
        f"There are {len(PARAMETERS)}; {sum(p.mark == 'assumption' for p in PARAMETERS)} of them are assumptions."
    )
    groups: dict[str, list[list[object]]] = {}
    for item in PARAMETERS:
        row = [code(item.name), item.default, item.unit, item.low, item.high, item.meaning, item.mark, item.source]
        groups.setdefault(item.group, []).append(row)
    heads = ["Name", "Default", "Unit", "Lowest", "Highest", "Meaning", "Mark", "Source"]
    parts = [f"## {group}\n\n{table(heads, rows)}" for group, rows in groups.items()]
    return page("Parameters", intro, *parts)


def assumptions_page() -> str:
    """Every figure of the model by how well it is founded, the weakest first, with room for who answers for it."""
    order = {mark: place for place, mark in enumerate(("assumption", "C", "B", "A"))}
    intro = (
        "The log of assumptions for a [quality-assurance record](../quality-assurance.md). The marks are those of the declarations: "
        "**A** read in an official or primary source, **B** in a secondary source, **C** worked out from these or chosen within what they "
        "say, **assumption** assumed. *May be set* is what a file may say, not what is believed: where assumptions are varied together "
        "([sweeps](../experiment-files.md), [validation](../validation.md)), each goes from half to twice its value, a share by its odds, "
        "within these bounds; one that is nought, and whatever is marked A, B or C, stays as it is unless it is varied by name. "
        "*Owner* and *Reviewed* are left for the organisation that uses the model: who answers for the value there, and when it was last "
        "looked at. Beside these stand the [constants fixed in code](../model.md#constants-fixed-in-code), and the figures of the place, "
        "which `localwealth describe place NAME` lists with their marks."
    )
    marks = sorted(PARAMETERS, key=lambda item: (order[item.mark], item.name))
    rows = [[code(p.name), p.default, p.unit, f"{cell(p.low)} to {cell(p.high)}", p.mark, p.source, "", ""] for p in marks]
    levers = sorted([*POLICIES, *SHOCKS], key=lambda item: (order[item.mark], item.name))
    lever_rows = [[code(i.name), i.mark, i.evidence, i.limits, "", ""] for i in levers]
    count = ", ".join(f"{sum(p.mark == mark for p in PARAMETERS)} marked {mark}" for mark in order)
    lever_count = ", ".join(f"{sum(i.mark == mark for i in levers)} marked {mark}" for mark in order)
    return page(
        "Log of assumptions",
        intro,
        f"## Parameters\n\n{len(PARAMETERS)} parameters: {count}.",
        table(["Name", "Value", "Unit", "May be set", "Mark", "What it rests on", "Owner", "Reviewed"], rows),
        f"## Policies and shocks\n\n{len(levers)} levers: {lever_count}. The mark is of the sources "
        "quoted, not of an effect: that it does good may be unmeasured all the same, and the text says so.",
        table(["Name", "Mark", "Evidence", "What it leaves out", "Owner", "Reviewed"], lever_rows),
    )


def measures_page() -> str:
    """Every measure."""
    intro = (
        "Each is recorded in every month of every run. A measure with keys gives one series for each key, named `name/key`. "
        "In a summary the last twelve months of a seed become one number by the rule named here."
    )
    rows = [[code(m.name), m.title, m.unit, m.summary, m.keys, m.meaning, m.source] for m in MEASURES]
    return page("Measures", intro, table(["Name", "Title", "Unit", "Rule", "Keys", "Meaning", "Source"], rows))


def intervention(item: type[Intervention]) -> str:
    """One policy or shock with its options."""
    facts = [
        ("What it does", item.meaning),
        ("Where it was tried", item.where_tried),
        ("Evidence", f"{item.evidence} (mark: {item.mark})"),
        ("What it costs", item.costs),
        ("Limits", item.limits),
        ("Off at", ", ".join(f"`{name}: {value}`" for name, value in item.off.items())),
    ]
    lines = [f"- **{label}**: {text}" for label, text in facts]
    options = [describe_option(option) for option in item.options]
    rows = [[code(o["name"]), o["meaning"], o["allowed"], "required" if o["required"] else default_text(o["default"])] for o in options]
    pillar = "" if item.pillar == "shock" else f" Pillar: {item.pillar}."
    head = f"## {item.name}\n\n{item.title}.{pillar}\n\n" + "\n".join(lines)
    return head + ("\n\n" + table(["Option", "Meaning", "Allowed", "Default"], rows) if rows else "")


def default_text(value: Any) -> str:
    """A default in words."""
    if value is None:
        return "none"
    return ", ".join(f"{key} {part}" for key, part in value.items()) if isinstance(value, Mapping) else cell(value)


def used_under(key: str) -> str:
    """How a scenario file uses these."""
    return f"Used under `{key}:` in a [scenario file](../scenario-files.md), each with `start`, `ramp_months` and `end` beside its options."


def policies_page() -> str:
    """Every policy."""
    return page("Policies", used_under("policies"), *(intervention(item) for item in POLICIES))


def shocks_page() -> str:
    """Every shock."""
    return page("Shocks", used_under("shocks"), *(intervention(item) for item in SHOCKS))


def channels_page() -> str:
    """Every channel and every institutional sector."""
    intro = "Every payment names the channel it goes through. The rows of the transaction flow matrix are the channels, in this order."
    rows = [[code(name), meaning] for name, meaning in CHANNELS.items()]
    sectors = [[name, "the place" if index in LOCAL_INSTITUTIONS else "outside"] for index, name in enumerate(INSTITUTIONS)]
    return page(
        "Channels",
        intro,
        table(["Channel", "From whom to whom"], rows),
        "## Institutional sectors\n\nEvery account belongs to one of these; they are the columns of the flow matrix and the balance sheet.",
        table(["Sector", "Side"], sectors),
    )


def streams_page() -> str:
    """Every stream of luck."""
    intro = (
        "Each decision that needs luck draws from a stream of its own. A draw depends on the seed, the stream, the month and the slot of "
        "whoever it concerns, and on nothing else: two scenarios with one seed share every draw that still concerns the same agent."
    )
    return page("Streams of luck", intro, table(["Stream", "Decides"], [[code(name), meaning] for name, meaning in STREAMS.items()]))


def columns_page() -> str:
    """The columns of every table."""
    tables: tuple[tuple[str, str, Mapping[str, Column]], ...] = (
        ("Residents", "One row for each adult of the place.", Resident.declared()),
        ("Firms", "One row for each site that sells in the place: firms, co-operatives, community firms, branches.", Firm.declared()),
        ("Anchors", "One row for each anchor of the place.", Anchor.declared()),
        ("Contracts", "One row for each contract of an anchor; contracts are no agents.", CONTRACT_COLUMNS),
        ("Funds", "One row for each bank, union, fund, currency and trust that a policy has set up; none before.", fund_columns()),
        ("Premises", "One row for each unit that a policy lets; no agents.", PREMISES_COLUMNS),
        ("Dwellings", "One row for each home that a policy provides; no agents.", DWELLING_COLUMNS),
    )
    heads = ["Column", "Type", "Unit", "Lowest", "Highest", "Meaning"]
    parts = []
    for title, intro, columns in tables:
        rows = []
        for name, column in columns.items():
            told = column.describe(name)
            width = f" x {told['width']}" if told["width"] > 1 else ""
            rows.append([code(name), told["dtype"] + width, told["unit"], told["low"], told["high"], told["doc"]])
        parts.append(f"## {title}\n\n{intro}\n\n{table(heads, rows)}")
    return page("Columns", "What the model knows about each agent. Money is in whole pence. A row keeps its slot for life.", *parts)


def fund_columns() -> Mapping[str, Column]:
    """The columns of funds of any kind."""
    return {name: column for kind in Fund.kinds for name, column in kind.declared().items()}


def files_page() -> str:
    """The keys of scenario and place files, and the fixed names."""
    heads = ["Key", "Meaning", "Allowed", "Required", "Default", "Taken from the base"]
    keys = [[code(k.name), k.meaning, k.allowed, k.required, k.default, k.inherited] for k in SCENARIO_KEYS]
    uses, experiments, designs, vary, answers = (
        [[code(k.name), k.meaning, k.allowed, k.required, k.default] for k in declared]
        for declared in (USE_KEYS, EXPERIMENT_KEYS, DESIGN_KEYS, VARY_KEYS, ANSWER_KEYS)
    )
    sectors = [[code(n), t, s] for n, t, s in zip(SECTORS, TITLES, SECTIONS, strict=True)]
    categories = [[name, ", ".join(TITLES[index] for index in indices)] for name, indices in CATEGORIES]
    return page(
        "Keys of files",
        "How these are put together is told in [Scenario files](../scenario-files.md) and [Experiment files](../experiment-files.md).",
        "## A scenario file\n\n" + table(heads, keys),
        "## One use of a policy or shock\n\n" + table(heads[:5], uses),
        "## An experiment file\n\n" + table(heads[:5], experiments),
        "## The design of an experiment\n\n" + table(heads[:5], designs),
        "## One thing that an experiment varies\n\n" + table(heads[:5], vary),
        "## What the answers of an experiment are about\n\n" + table(heads[:5], answers),
        "## A place file\n\nUnless said otherwise each value is a figure: `{value, year, source, mark, low, high, note}`.",
        table(["Key", "Meaning", "Unit or kind"], place_rows(Place, "")),
        "## Sectors\n\n" + table(["Name", "Title", "Standard Industrial Classification 2007"], sectors),
        "## Categories of spending\n\n" + table(["Category", "Sectors that serve it"], categories),
    )


def place_rows(model: Any, lead: str) -> list[list[object]]:
    """Rows of the fields of a section and of the sections below it."""
    rows: list[list[object]] = []
    for name, field in model.model_fields.items():
        inner = below(field.annotation)
        key = f"{lead}{name}"
        rows.append([code(key), field.description, "section" if inner else kind_of(field)])
        if inner is not None:
            rows.extend(place_rows(inner, f"{key}."))
    return rows


def below(annotation: Any) -> Any:
    """The section that a field holds, one or a list of them, or None."""
    from sim.settings.places.sections import Section

    arguments = getattr(annotation, "__args__", ())
    for candidate in (annotation, *arguments):
        if isinstance(candidate, type) and issubclass(candidate, Section):
            return candidate
    return None


def kind_of(field: Any) -> str:
    """Unit of a figure, names of a mapping, or kind of a plain value."""
    for item in (*field.metadata, *inner_metadata(field.annotation)):
        if isinstance(item, Bounds):
            return f"figure, {item.unit}"
        if isinstance(item, Keyed):
            return f"a figure for each {item.noun}, {item.bounds.unit}" + (", adding to 1" if item.total else "")
    arguments = getattr(field.annotation, "__args__", ())
    if arguments and all(isinstance(argument, str) for argument in arguments):
        return ", ".join(arguments)
    told = getattr(field.annotation, "__name__", "")
    return {"bool": "true or false", "int": "whole number", "float": "number"}.get(told, "text")


def inner_metadata(annotation: Any) -> tuple[Any, ...]:
    """What stands beside the type inside a union."""
    return tuple(item for part in getattr(annotation, "__args__", ()) for item in getattr(part, "__metadata__", ()))


def errors_page() -> str:
    """Every kind of problem and every error."""
    kinds = [[code(kind.value), kind.meaning] for kind in Kind]
    classes = [getattr(errors, name) for name in errors.__all__]
    raised = [item for item in classes if isinstance(item, type) and issubclass(item, errors.LocalWealthError)]
    rows = [[code(item.__name__), code(item.__base__.__name__), (item.__doc__ or "").split("\n\n")[0]] for item in raised]
    parts = [[code(part.name), part.type] for part in fields(errors.Problem)]
    return page(
        "Kinds of problem",
        "How a problem reads, exit codes, and what to do about each stands in [Errors](../errors.md). "
        "`localwealth check --json` gives each problem as an object with the parts below; `kind` is one of these names for files of "
        "scenarios, places, experiments, mappings and contracts, and a word of its own where something else is refused.",
        table(["Kind", "What is wrong"], kinds),
        "## Parts of a problem\n\nThose of `sim.errors.Problem`.",
        table(["Part", "Type"], parts),
        "## Errors in Python\n\nThose of `sim.errors`.",
        table(["Error", "Derives from", "Meaning"], rows),
    )


def commands_page() -> str:
    """The help of every command."""
    top: Any = typer.main.get_command(app)
    parts = ["Exit codes: 0 good, 1 a run failed, 2 bad usage or input, 130 stopped by hand. See [Errors](../errors.md)."]
    for name, command in sorted(commands_of(top, "localwealth").items()):
        parts.append(f"## {name}\n\n{help_text(command)}\n\n{table(['Argument or option', 'Meaning'], options_of(command))}")
    return page("Commands", *parts)


def commands_of(group: Any, lead: str) -> dict[str, Any]:
    """Every command under a group by its full name."""
    found: dict[str, Any] = {}
    for name, command in group.commands.items():
        full = f"{lead} {name}"
        found.update(commands_of(command, full) if hasattr(command, "commands") else {full: command})
    return found


def help_text(command: Any) -> str:
    """Help of a command: its text, then its examples as a block."""
    text, _, examples = str(command.help or "").partition("\b")
    lines = [line.strip() for line in examples.splitlines() if line.strip().startswith("localwealth")]
    block = "\n\n```bash\n" + "\n".join(lines) + "\n```" if lines else ""
    return " ".join(text.split()) + block


def options_of(command: Any) -> Rows:
    """Arguments and options of a command."""
    for item in command.params:
        if item.name in ("help",):
            continue
        shown = ", ".join(code(name) for name in item.opts) if item.param_type_name == "option" else code(str(item.name).upper())
        yield shown, getattr(item, "help", "") or ""


def pages() -> dict[str, str]:
    """Every page by its file name."""
    return {
        "parameters.md": parameters_page(),
        "assumptions.md": assumptions_page(),
        "measures.md": measures_page(),
        "policies.md": policies_page(),
        "shocks.md": shocks_page(),
        "channels.md": channels_page(),
        "streams.md": streams_page(),
        "columns.md": columns_page(),
        "files.md": files_page(),
        "commands.md": commands_page(),
        "errors.md": errors_page(),
    }


def main() -> None:
    """Write the pages that differ and say which."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in pages().items():
        path = FOLDER / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            sys.stdout.write(f"written: docs/reference/{name}\n")


if __name__ == "__main__":
    main()
