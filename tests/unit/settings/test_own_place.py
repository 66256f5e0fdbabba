"""A place of one's own: tables are read or refused with every problem, and what is given stands in the file that is made."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest
from ruamel.yaml import YAML

from sim.errors import InputError
from sim.settings.own_place.keys import COLUMNS, WORDS, figure_bounds
from sim.settings.own_place.make import place_text_from_table
from sim.settings.own_place.questions import ask_for_place
from sim.settings.own_place.rows import MOST_ROWS
from sim.settings.own_place.template import template_text
from sim.settings.place import Place
from sim.settings.places.marks import marks_of, placed_figures
from sim.settings.reading.files import MOST_BYTES
from sim.settings.sectors import SECTORS

HANDFUL = """\
key,value,year,source,address,mark,low,high,note
title,Smallton
region,Bigshire
residents,"6,000",2021,"Census, first results",https://example.org,A
# a comment
jobs,2400
region_jobs,50000
anchor.council.kind,council
anchor.council.jobs,120
anchor.council.annual_spend,£5000000
anchor.council.share_in_place,25%
labour.commuter_share,0.4,,,,,0.2,0.6,a guess
"""


def made(tmp_path: Path, text: str = HANDFUL, **said: str) -> Place:
    """The place made of a table."""
    (tmp_path / "mine.csv").write_text(text, encoding="utf-8")
    return Place.model_validate(YAML(typ="safe").load(place_text_from_table(tmp_path / "mine.csv", said)))


def problems(tmp_path: Path, text: str) -> list[tuple[int | None, str, str, str | None]]:
    """Line, key, kind and nearest name of every problem."""
    (tmp_path / "mine.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        place_text_from_table(tmp_path / "mine.csv", {})
    return [(one.line, one.key, one.kind, one.nearest) for one in caught.value.problems]


def test_what_was_given_stands_with_source_and_mark(tmp_path: Path) -> None:
    place = made(tmp_path)
    residents = place.population.residents
    assert (residents.value, residents.year, residents.mark, residents.source) == (6000, 2021, "A", "census-first-results")
    assert place.sources["census-first-results"].address == "https://example.org"
    assert place.labour.commuter_share.model_dump(exclude={"year", "source"}) == {
        "value": 0.4, "mark": "assumption", "low": 0.2, "high": 0.6, "note": "a guess",
    }  # fmt: skip
    (council,) = place.anchors
    assert (council.share_in_place.value, council.share_in_place.low, council.share_in_place.high) == (0.25, 0.1875, 0.3125)
    assert sum(float(jobs) for jobs in place.labour.jobs_by_sector.values()) == 2400
    assert sum(float(jobs) for jobs in place.labour.region_jobs_by_sector.values()) == 50000
    assert not place.national_tables.stand_in
    assert place.pay.legal_minimum_hourly.mark == "B", "the law of the year holds in every place of the country"


def test_an_address_given_with_a_later_figure_is_that_of_the_source(tmp_path: Path) -> None:
    rows = 'labour.employment_rate,0.7,2021,"Survey, all",,A\nlabour.inactivity_rate,0.2,2021,"Survey, all",https://example.org/two,A\n'
    place = made(tmp_path, HANDFUL + rows)
    assert place.labour.employment_rate.source == place.labour.inactivity_rate.source == "survey-all"
    assert place.sources["survey-all"].address == "https://example.org/two"


def test_everything_else_is_an_assumption_with_a_range_or_holds_by_law(tmp_path: Path) -> None:
    marks = marks_of(made(tmp_path))
    assert [one["name"] for one in marks["firm"]] == ["population.residents", "pay.legal_minimum_hourly", "pay.living_wage_hourly"]
    assert marks["worked_out"] == []
    assert all(one["low"] <= one["value"] <= one["high"] for one in marks["assumed"])
    assert len(marks["assumed"]) > 140


def test_sectors_and_tenures_that_were_given_leave_the_rest_to_be_divided(tmp_path: Path) -> None:
    place = made(tmp_path, HANDFUL + "jobs.education,600\nhousing.tenure.social,0.4\nlabour.employment_rate,0.9\n")
    jobs = {sector: float(figure) for sector, figure in place.labour.jobs_by_sector.items()}
    assert jobs["education"] == 600
    assert sum(jobs.values()) == 2400
    assert place.housing.tenure["social"].value == 0.4
    assert sum(float(share) for share in place.housing.tenure.values()) == pytest.approx(1.0, abs=1e-3)
    assert place.labour.inactivity_rate.value == pytest.approx(0.1)


def test_a_sector_holds_its_anchors_and_a_region_its_place(tmp_path: Path) -> None:
    place = made(
        tmp_path, HANDFUL.replace("anchor.council.jobs,120", "anchor.council.jobs,900").replace("region_jobs,50000", "region_jobs,3000")
    )
    jobs, wider = place.labour.jobs_by_sector, place.labour.region_jobs_by_sector
    assert jobs["public-administration"].value == 945
    assert "the anchors' own jobs" in jobs["public-administration"].note
    assert all(float(wider[sector]) > float(jobs[sector]) for sector in SECTORS if float(jobs[sector]))
    assert sum(map(float, jobs.values())) == 2400
    assert sum(map(float, wider.values())) == 3000
    assert float(place.labour.public_job_share) * 2400 > 900


def test_abroad_figures_only_stand_in_with_wider_ranges_and_no_foreign_law(tmp_path: Path) -> None:
    here, abroad = made(tmp_path), made(tmp_path, country="other")
    assert abroad.national_tables.stand_in
    wide, narrow = ((one.high or 0) - (one.low or 0) for one in (abroad.pay.hourly_p90_to_p10, here.pay.hourly_p90_to_p10))
    assert wide == pytest.approx(1.5 * narrow)
    assert abroad.pay.legal_minimum_hourly.mark == "assumption"
    assert "stand-in" in abroad.pay.hourly_p90_to_p10.note


def test_the_name_said_wins_over_the_table_and_ends_up_in_the_file(tmp_path: Path) -> None:
    assert made(tmp_path).name == "smallton"
    assert made(tmp_path, HANDFUL + "name,other-name\n").name == "other-name"
    assert made(tmp_path, HANDFUL + "name,other-name\n", name="said").name == "said"


def test_a_workbook_is_read_as_the_text_is(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [["key", "value"], *(line.split(",")[:2] for line in HANDFUL.splitlines()[1:] if "residents" not in line)]:
        sheet.append(row)
    sheet.append(["residents", 6000])
    sheet.append(["housing.tenure.social", 0.4])
    book.save(tmp_path / "mine.xlsx")
    place = Place.model_validate(YAML(typ="safe").load(place_text_from_table(tmp_path / "mine.xlsx", {})))
    assert (place.population.residents.value, place.housing.tenure["social"].value) == (6000, 0.4)


def test_columns_without_a_name_at_the_end_are_left_out(tmp_path: Path) -> None:
    assert made(tmp_path, HANDFUL.replace(",note\n", ",note,,\n")) == made(tmp_path)


def test_an_address_that_comes_later_is_kept_with_its_source(tmp_path: Path) -> None:
    lines = (
        HANDFUL.replace("jobs,2400\n", "jobs,2400,2021,Survey\n", 1) + "housing.house_price,90000,2021,Survey,https://example.org/survey\n"
    )
    sources = made(tmp_path, lines).sources
    assert [one.address for one in sources.values() if one.title == "Survey"] == ["https://example.org/survey"]


def test_codes_of_areas_stand_in_the_file(tmp_path: Path) -> None:
    place = made(tmp_path, HANDFUL + "areas,E07000123\nregion_areas,E10000017 E06000008\n")
    assert place.areas is not None
    assert (place.areas.place, place.areas.region) == (("E07000123",), ("E10000017", "E06000008"))


def test_every_problem_of_a_table_comes_at_once_with_its_line_and_the_nearest_name(tmp_path: Path) -> None:
    text = (
        "key;value;mark;low;high;year\ntitel;Smallton\nregion;Bigshire\nresidents;many\njobs;2400;A\njobs.minning;5\nregion_jobs;3e3;;1;2\n"
        "anchor.council.kind;concil\nanchor.council.jobz;120\nanchor.council.annual_spend;-4\ncountry;france\ncurrency;pounds\nyear;soon\n"
        "residents;7\nhouse_price;1;D\nmedian_weekly_pay;500;;;;x\nanchor.two words.kind;council\n"
    )
    assert problems(tmp_path, text) == [
        (None, "title", "missing-key", None),
        (None, "anchor.council.jobs", "missing-key", None),
        (2, "titel", "unknown-key", "title"),
        (4, "residents", "wrong-type", None),
        (5, "jobs", "no-source", None),
        (6, "jobs.minning", "unknown-key", "jobs.mining"),
        (7, "region_jobs", "range-misses-value", None),
        (8, "anchor.council.kind", "not-a-choice", "council"),
        (9, "anchor.council.jobz", "unknown-key", "jobs"),
        (10, "anchor.council.annual_spend", "out-of-bounds", None),
        (11, "country", "not-a-choice", None),
        (12, "currency", "wrong-form", None),
        (13, "year", "wrong-form", None),
        (14, "residents", "duplicate-key", None),
        (15, "house_price", "not-a-choice", None),
        (16, "median_weekly_pay", "wrong-form", None),
        (17, "anchor.two words.kind", "wrong-form", None),
    ]


@pytest.mark.parametrize(
    ("more", "key", "words"),
    [
        ("anchor.council.share_in_region,0.8\n", "anchor.council.share_in_region", "more than the whole"),
        ("jobs.education,2000\njobs.health-care,2000\n", "jobs", "more jobs than the whole"),
        (
            "anchor.trust.kind,hospital-trust\nanchor.trust.jobs,3000\nanchor.trust.annual_spend,1\n",
            "anchor.trust.jobs",
            "anchors have more",
        ),
        ("jobs.public-administration,100\n", "anchor.council.jobs", "count as public-administration"),
        ("population.adults_by_age.65+,5900\n", "population.adults_by_age", "more adults than residents"),
        ("housing.tenure.owner,0.9\nhousing.tenure.social,0.9\n", "housing.tenure", "add up"),
    ],
)
def test_figures_that_cannot_all_be_true_are_refused(tmp_path: Path, more: str, key: str, words: str) -> None:
    (tmp_path / "mine.csv").write_text(HANDFUL + more, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        place_text_from_table(tmp_path / "mine.csv", {})
    (problem,) = caught.value.problems
    assert (problem.key, words in str(problem)) == (key, True), str(problem)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "empty-file"),
        ("# nothing\n", "empty-file"),
        ("key,worth\nresidents,4\n", "missing-key"),
        ("key,value,value\nresidents,4,4\n", "duplicate-key"),
        ("key,value,,sauce\nresidents,4\n", "unknown-key"),
        ("key,value\n" + "residents,4\n" * MOST_ROWS, "too-large"),
        ('key,value\nresidents,"4\x00"\n', "not-text"),
        ('key,value\nresidents,"' + "4" * 140_000 + '"\n', "syntax"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, text: str, kind: str) -> None:
    assert kind in {problem[2] for problem in problems(tmp_path, text)}


def test_files_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    (tmp_path / "broken.xlsx").write_bytes(b"no workbook")
    (tmp_path / "folder.xlsx").mkdir()
    kinds = {"none.csv": "no-such-file", "none.xlsx": "no-such-file", "broken.xlsx": "damaged", "folder.xlsx": "not-a-file"}
    for name, kind in kinds.items():
        with pytest.raises(InputError) as caught:
            place_text_from_table(tmp_path / name, {})
        assert [problem.kind for problem in caught.value.problems] == [kind]


def test_a_table_needs_residents_and_jobs(tmp_path: Path) -> None:
    missing = [key for line, key, kind, _ in problems(tmp_path, "key,value\ntitle,Smallton\nregion,Bigshire\n") if kind == "missing-key"]
    assert {"residents", "jobs", "region_jobs"} <= set(missing)


def test_workbooks_that_are_too_large_are_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"], book.active[f"A{MOST_ROWS + 1}"] = "key", "residents"
    book.save(tmp_path / "long.xlsx")
    (tmp_path / "heavy.xlsx").write_bytes(bytes(MOST_BYTES + 1))
    for name in ("long.xlsx", "heavy.xlsx"):
        with pytest.raises(InputError, match="the table is too large") as caught:
            place_text_from_table(tmp_path / name, {})
        (problem,) = caught.value.problems
        assert (problem.kind, problem.allowed) == ("too-large", "at most 5,000 lines and 1,000,000 bytes")


def test_lines_of_a_workbook_are_those_of_the_sheet_though_the_first_are_blank(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for at, row in enumerate([["key", "value"], ["residentz", 6000]], start=2600):
        for column, cell in enumerate(row, start=1):
            sheet.cell(at, column, cell)
    book.save(tmp_path / "low.xlsx")
    with pytest.raises(InputError) as caught:
        place_text_from_table(tmp_path / "low.xlsx", {})
    assert {problem.line for problem in caught.value.problems if problem.kind == "unknown-key"} == {2601}


def test_a_stray_cell_far_off_is_told_and_one_near_by_is_left_out(tmp_path: Path) -> None:
    """One in the last column of the last row ended the process, for want of room for all cells before it."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in csv.reader(HANDFUL.splitlines()):
        sheet.append(row[:2])
    sheet["XFD900"] = "."
    book.save(tmp_path / "far.xlsx")
    with pytest.raises(InputError, match="the sheets are too large for what they hold") as caught:
        place_text_from_table(tmp_path / "far.xlsx", {})
    assert "delete the stray cells" in caught.value.problems[0].remedy
    sheet["XFD1048576"] = "."
    book.save(tmp_path / "farther.xlsx")
    with pytest.raises(InputError, match="a sheet is too large"):
        place_text_from_table(tmp_path / "farther.xlsx", {})
    sheet["XFD900"] = sheet["XFD1048576"] = None
    book.save(tmp_path / "gone.xlsx")
    assert "Smallton" in place_text_from_table(tmp_path / "gone.xlsx", {})


def test_the_template_names_every_key_and_is_itself_a_table(tmp_path: Path) -> None:
    lines = template_text().splitlines()
    keys = {line.split(",")[0] for line in lines[1:] if not line.startswith(("#", '"#'))}
    assert lines[0] == ",".join(COLUMNS)
    assert {word.name for word in WORDS} | set(figure_bounds()) <= keys
    needed = {"title": "Smallton", "region": "Bigshire", "residents": "6000", "jobs": "2400", "region_jobs": "50000"}
    needed |= {"anchor.council.jobs": "120", "anchor.council.annual_spend": "5000000"}
    filled = "\n".join(line.replace(",", f",{needed[key]}", 1) if (key := line.split(",")[0]) in needed else line for line in lines)
    assert made(tmp_path, filled).title == "Smallton"


def test_questions_are_asked_again_until_the_answer_is_fit(tmp_path: Path) -> None:
    answers = iter(
        [
            *("Smallton", "2024", "", "Bigshire", "many", "6000", "A census", "2400", "", "50000", "", "Great Britain", "", "", ""),
            *("Town council", "council", "120", "", "5000000", "", "0.25", "A paper", ""),
        ]
    )
    said: list[str] = []
    rows = ask_for_place("smallton", "uk", lambda _question, default: next(answers) or default, said.append)
    assert "the value is no number" in "".join(said)
    assert "This is needed." in said
    assert [(row.key, row.value, row.source) for row in rows if row.source] == [
        ("residents", "6000", "A census"),
        ("anchor.town-council.share_in_place", "0.25", "A paper"),
    ]
    assert next(answers, None) is None


def test_units_and_paths_of_figures(tmp_path: Path) -> None:
    figures = {one.name: one for one in placed_figures(made(tmp_path))}
    assert figures["anchors.council.council_tax_share"].unit == "share"
    assert figures["business.enterprises_by_size.0-4"].unit == "enterprises"
    assert all(one.unit for one in figures.values())
    assert {f"labour.jobs_by_sector.{sector}" for sector in SECTORS} <= set(figures)


def test_a_path_that_no_system_can_open_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        place_text_from_table(tmp_path / "file" / "mine.xlsx", {})
    assert [problem.kind for problem in caught.value.problems] == ["not-a-file"]
