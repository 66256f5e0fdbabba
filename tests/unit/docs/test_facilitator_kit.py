"""The facilitator's kit quotes what the project has measured, and every part of it is within reach of the tutorial."""

from __future__ import annotations

import re

from support.pages import DOCS, links, pages

KIT = DOCS / "facilitator"


def test_what_not_to_claim_quotes_the_hits_of_the_validation() -> None:
    validation = (DOCS / "validation.md").read_text(encoding="utf-8")
    row = re.search(r"^\| all \|[^|]*\|[^|]*\| (\d+ of \d+) \| (\d+) \|$", validation, re.MULTILINE)
    assert row is not None
    assert f"{row[1]} checks are hit, {row[2]} of them by an interval wider" in (KIT / "what-not-to-claim.md").read_text(encoding="utf-8")


def test_the_tutorial_leads_to_every_part_of_the_kit() -> None:
    found = {target.partition("#")[0] for target in links(DOCS / "tutorial-facilitator.md")}
    assert {f"facilitator/{name}" for name in ("session.md", "what-not-to-claim.md", "cards.pdf")} <= found


def test_every_picture_of_the_page_and_the_report_is_told_in_words_and_light() -> None:
    told: dict[str, str] = {}
    for page in pages():
        for words, target in re.findall(r"!\[([^\]]*)\]\(([^)]+\.png)\)", page.read_text(encoding="utf-8")):
            told[target.rpartition("/")[2]] = words
    made = [*(DOCS / "pictures").glob("page-*.png"), *(DOCS / "pictures").glob("report-*.png")]
    assert made
    assert sorted(path.name for path in made if len(told.get(path.name, "")) < 40) == []
    assert sum(path.stat().st_size for path in (DOCS / "pictures").iterdir()) < 3_000_000
