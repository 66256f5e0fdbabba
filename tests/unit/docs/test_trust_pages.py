"""What the pages on trust quote is what was measured and declared: misses, marks, version, the parts of ODD."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pandas as pd
import pytest
from ruamel.yaml import YAML
from support.pages import DOCS, ROOT

import sim
from sim.settings.parameters import PARAMETERS

ODD = (
    "Purpose and patterns",
    "Entities, state variables and scales",
    "Process overview and scheduling",
    "Design concepts",
    "Initialisation",
    "Input data",
    "Submodels",
)
CONCEPTS = (
    "Basic principles",
    "Emergence",
    "Adaptation",
    "Objectives",
    "Learning",
    "Prediction",
    "Sensing",
    "Interaction",
    "Stochasticity",
    "Collectives",
    "Observation",
)
#: Keys of Citation File Format 1.2.0; the first four are required.
CITATION_KEYS = (
    *("cff-version", "message", "title", "authors", "abstract", "commit", "contact", "date-released", "doi", "identifiers", "keywords"),
    *("license", "license-url", "preferred-citation", "references", "repository", "repository-artifact", "repository-code", "type", "url"),
    "version",
)
STORED = ROOT / "results" / "published" / "validation"
EVERGREEN = ("workers when the Clinic's laundry was taken over (2018)", "employees after twelve years (2021)")
QUOTED = re.compile(r"^\| ([^|]+ \(\d{4}\)) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


def text_of(name: str) -> str:
    """A page of docs."""
    return (DOCS / name).read_text(encoding="utf-8")


def test_the_description_has_every_element_of_odd_in_its_order_and_every_design_concept() -> None:
    model = text_of("model.md")
    headings = re.findall(r"^## (.+)$", model, re.MULTILINE)
    assert tuple(heading for heading in headings if heading in ODD) == ODD
    concepts = model.partition("\n## Design concepts\n")[2].partition("\n## ")[0]
    assert tuple(re.findall(r"^- \*\*(.+?)\*\*", concepts, re.MULTILINE)) == CONCEPTS


def test_each_miss_that_is_quoted_is_a_miss_of_the_validation() -> None:
    of_preston = text_of("validation.md").partition("\n## Preston")[2].partition("\n## ")[0]
    quoted = QUOTED.findall(text_of("what-it-cannot-tell.md"))
    assert len(quoted) >= 9
    for fact, published, model in quoted:
        assert f"- **{fact}**: published {published}, model {model}. " in of_preston, fact


def test_what_is_said_of_jobs_is_in_the_stored_result_and_validation() -> None:
    told = " ".join(text_of("what-it-cannot-tell.md").split())
    summary = pd.read_csv(ROOT / "results" / "published" / "preston" / "summary.csv").set_index(["arm", "measure"])
    for arm in ("preston/buy-local", "preston/full-package"):
        jobs, left = (summary.loc[(arm, name), "difference"] for name in ("jobs", "leakage/contracts"))
        assert f"{jobs / (-12 * left / 1e6):.0f} jobs come with each million pounds a year" in told
        assert summary.loc[(arm, "jobs_in_all"), "decision"] != "higher"
    assert f"unemployment down to {summary.loc[('preston/full-package', 'unemployment'), 'value']:.1%}" in told
    rows = {(path.stem, row["fact"]): row for path in STORED.glob("*.csv") for row in rows_of(path)}
    added = rows["preston", "Gross value added per filled job (2013)"]
    assert float(added["model"]) / float(added["published"]) == pytest.approx(1 + 1 / 6, abs=0.02)
    ended = rows["preston", "Firms ended in a year, of active firms (2019)"]
    assert f"{float(ended['model']):.1%} a year in Preston, where {float(ended['published']):.1%} was published" in told
    evergreen = [rows["cleveland", f"Evergreen's {fact}"] for fact in EVERGREEN]
    published, model = ([float(row[name]) for row in evergreen] for name in ("published", "model"))
    assert "had {:.0f} workers in 2018 and {:.0f} in 2021; the replay gives {:.1f} and {:.1f}.".format(*published, *model) in told


@pytest.mark.parametrize("name", ["what-it-cannot-tell.md", "quality-assurance.md", "cite.md", "facilitator/what-not-to-claim.md"])
def test_what_is_counted_is_counted_rightly(name: str) -> None:
    row = re.search(r"^\| all \|[^|]*\|[^|]*\| (\d+ of \d+) \| (\d+) \|$", text_of("validation.md"), re.MULTILINE)
    assert row is not None
    text = " ".join(text_of(name).split()).replace(" > ", " ")
    for hits in re.findall(r"(\d+ of \d+) checks are hit, (\d+) of them", text):
        assert hits == row.groups()
    assumed = sum(parameter.mark == "assumption" for parameter in PARAMETERS)
    for whole, part in [
        *re.findall(r"Of the (\d+) parameters (\d+) are assumptions", text),
        *[pair[::-1] for pair in re.findall(r"(\d+) of the model's (\d+) parameters are assumptions", text)],
    ]:
        assert (int(whole), int(part)) == (len(PARAMETERS), assumed)
    assert re.search(r"checks are hit|parameters are assumptions|parameters \d+ are assumptions", text)


def test_the_citation_is_one_of_this_version_and_names_no_person() -> None:
    found = YAML(typ="safe").load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert set(CITATION_KEYS[:4]) <= set(found) <= set(CITATION_KEYS)
    assert (found["cff-version"], found["type"], found["license"]) == ("1.2.0", "software", "Apache-2.0")
    assert found["authors"] == [{"name": "The localwealth contributors"}]
    assert str(found["version"]) == sim.__version__
    assert f"## [{found['version']}] - {found['date-released']}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"version {sim.__version__}." in text_of("cite.md") and f"localwealth {sim.__version__} " in text_of("cite.md")


def test_nobody_has_signed_the_record_for_its_user() -> None:
    sign_off = text_of("quality-assurance.md").partition("\n## 9. Sign-off\n")[2]
    rows = re.findall(r"^\| (Commissioner|Analyst|Assurer|Approver) \| [^|]+ \| \| \| \|$", sign_off, re.MULTILINE)
    assert rows == ["Commissioner", "Analyst", "Assurer", "Approver"]
    assert "- [x]" not in sign_off


def rows_of(path: Path) -> list[dict[str, str]]:
    """Facts of a stored validation."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", ["what-it-cannot-tell.md", "quality-assurance.md"])
def test_hits_that_say_little_are_counted_rightly(name: str) -> None:
    stored = [row for path in STORED.glob("*.csv") for row in rows_of(path)]
    hits = [row for row in stored if row["role"] == "check" and row["result"].startswith("hit")]
    survival = sum("alive after" in row["fact"] or "survival" in row["fact"] for row in hits)
    judged = sum(row["fact"].startswith(("Output multiplier with households", "Re-spend of suppliers")) for row in hits)
    words = rf"hits {survival} are the survival of firms|{survival} of the hits are the survival of firms"
    text = " ".join(text_of(name).split())
    assert re.search(words, text) and f"and {judged} have a published range that is wide by judgement" in text
