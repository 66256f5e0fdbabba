"""Supplier lists of place files: what is read, worked out and refused, each problem with its line."""

from __future__ import annotations

import math

import pytest
from support.suppliers import LIST, listed_scenario, write_town

from sim.core.registry import POLICIES, SHOCKS
from sim.errors import InputError, Problem
from sim.settings.load import load_place, load_scenario
from sim.settings.place import Place
from sim.settings.reading.files import SourceFile
from sim.settings.reading.problems import Findings
from sim.settings.reading.yaml_writer import block_lines
from sim.settings.scenarios.resolved import place_values, resolved_yaml
from sim.settings.scenarios.scaling import copied_place
from sim.settings.schema import json_schema
from sim.settings.sectors import SECTORS
from sim.settings.suppliers.supplier_list import MOST_SUPPLIERS, read_supplier_list
from sim.settings.suppliers.supplier_sums import spend_in_place, supplier_sums, unknown_sectors, unknown_wheres

TOTAL = 4_000_000.55
HEAD = "supplier,sector,where,amount\n"


def place_of(folder, rows=LIST, keys="    suppliers: council.csv\n") -> Place:
    return listed_scenario(folder, rows, keys).place


def problems_of(folder, rows=LIST, keys="    suppliers: council.csv\n") -> list[Problem]:
    with pytest.raises(InputError) as caught:
        place_of(folder, rows, keys)
    return list(caught.value.problems)


def problems_of_list(folder, rows: str) -> list[Problem]:
    (folder / "council.csv").write_text(rows, encoding="utf-8")
    findings = Findings()
    assert read_supplier_list(SourceFile(folder / "council.csv", "a/council.csv"), findings) is None
    return findings.problems


def given(value: float, text: str = "") -> str:
    return f"{{value: {value}, year: 2013, source: invented-town, mark: C{text}}}"


def test_figures_left_out_are_worked_out_from_the_list(tmp_path):
    council = place_of(tmp_path).anchors[0]
    assert council.annual_spend.value == TOTAL and council.annual_spend.mark == "C" and council.contracts.value == 58
    known, here, near = TOTAL - 390_000, 1_430_000.55, 680_000
    share = council.share_in_place
    # What is unknown is as what is known, and may be none or all of it.
    assert share.value == pytest.approx((here + 390_000 * here / known) / TOTAL)
    assert share.mark == "assumption" and (share.low, share.high) == pytest.approx((here / TOTAL, (here + 390_000) / TOTAL))
    assert council.share_in_region.value == pytest.approx((near + 390_000 * near / known) / TOTAL)
    assert math.fsum(float(one) for one in council.spend_by_sector.values()) == pytest.approx(1.0)
    assert council.spend_by_sector["information"].value == pytest.approx(600_000 / TOTAL * TOTAL / (TOTAL - 150_000))
    assert council.annual_spend.source == "supplier-list" and council.annual_spend.year == 2013


def test_the_list_is_read_into_the_place(tmp_path):
    place = place_of(tmp_path)
    suppliers = place.anchors[0].suppliers
    assert len(suppliers) == LIST.count("\n") - 1
    assert suppliers[0].supplier == "Anytown Builders Ltd" and suppliers[0].end == "2014-06" and suppliers[0].contracts == 2
    assert suppliers[2].certainty is None and suppliers[2].size == "unknown" and suppliers[2].end is None
    assert place.sources["supplier-list"].address == "council.csv"
    assert load_place(tmp_path / "town.yaml") == place


def test_the_resolved_scenario_needs_no_list_beside_it(tmp_path):
    scenario = listed_scenario(tmp_path)
    (tmp_path / "council.csv").unlink()
    (tmp_path / "resolved.yaml").write_text(resolved_yaml(scenario), encoding="utf-8")
    again = load_scenario(tmp_path / "resolved.yaml", POLICIES, SHOCKS)
    assert again.place == scenario.place


def test_a_full_list_can_be_read_again_from_the_resolved_scenario(tmp_path):
    rows = HEAD + "".join(f"Supplier number {number} of the council,mining,place,{number + 1}.25\n" for number in range(MOST_SUPPLIERS))
    scenario = listed_scenario(tmp_path, rows)
    (tmp_path / "resolved.yaml").write_text(resolved_yaml(scenario), encoding="utf-8")
    assert load_scenario(tmp_path / "resolved.yaml", POLICIES, SHOCKS).place == scenario.place


def test_declared_shares_say_where_the_unknown_are(tmp_path):
    keys = f"    suppliers: council.csv\n    share_in_place: {given(0.38)}\n    share_in_region: {given(0.24)}\n"
    council = place_of(tmp_path, keys=keys).anchors[0]
    here, near = unknown_wheres(council)
    assert here == pytest.approx((0.38 * TOTAL - 1_430_000.55) / 390_000) and near == pytest.approx((0.24 * TOTAL - 680_000) / 390_000)
    bought = spend_in_place(council)
    assert math.fsum(bought) == pytest.approx(0.38 * TOTAL)
    assert bought[SECTORS.index("food-manufacturing")] == pytest.approx(600_000 + 150_000 * here * unknown_sectors(council)[2])


def test_without_a_list_the_share_in_the_place_is_the_same_in_every_sector(tmp_path):
    hospital = place_of(tmp_path).anchors[1]
    shares = [float(hospital.spend_by_sector[name]) * 5_000_000 * 0.12 for name in SECTORS]
    assert spend_in_place(hospital) == pytest.approx(shares)


def test_sums_of_a_list_where_all_is_unknown():
    sums = supplier_sums(list(place_suppliers("A,unknown,unknown,10\nB,unknown,unknown,30\n")))
    assert sums.where_bounds("place") == (0.0, 1.0) and sums.share_beside({}, "place") == 0.0
    assert sums.sector_share("mining") == pytest.approx(1 / 18)


def place_suppliers(rows: str):
    from sim.settings.suppliers.supplier import Supplier

    for row in rows.splitlines():
        name, sector, where, amount = row.split(",")
        yield Supplier(supplier=name, sector=sector, where=where, amount=float(amount))


WRONG_ROWS = {
    "A Ltd,company,building,place,10,1,,,": ("unknown-name", "sector", "there is no sector 'building'", "write one of the allowed names"),
    "A Ltd,compny,mining,place,10,1,,,": ("not-a-choice", "kind", "this is none of the choices", "write 'company'"),
    "A Ltd,company,mining,here,10,1,,,": ("not-a-choice", "where", "this is none of the choices", "write one of the allowed names"),
    'A Ltd,company,mining,place,"£1,200",1,,,': ("wrong-type", "amount", "a value of the wrong type", "write 1200"),
    "A Ltd,company,mining,place,-5,1,,,": ("out-of-bounds", "amount", "outside its bounds", "leave the row out: nothing was bought"),
    "A Ltd,company,mining,place,nan,1,,,": ("wrong-type", "amount", "a value of the wrong type", "write a number such as 0.5 or 120"),
    "A Ltd,company,mining,place,10,1.5,,,": ("wrong-type", "contracts", "half a contract", "write a whole number"),
    "A Ltd,company,mining,place,10,0,,,": ("out-of-bounds", "contracts", "outside its bounds", "write a number from 1 to 1000000"),
    "A Ltd,company,mining,place,10,1,June,,": ("wrong-form", "end", "no month of the form YYYY-MM", "write a month as YYYY-MM"),
    "A Ltd,company,mining,place,10,1,,3,": ("out-of-bounds", "certainty", "outside its bounds", "write a number from 0 to 1"),
    "A Ltd,company,mining,place,10,1,,,huge": ("not-a-choice", "size", "this is none of the choices", "write one of the allowed names"),
    ",company,mining,place,10,1,,,": ("missing-key", "supplier", "the cell 'supplier' is empty", "write the supplier"),
    "A Ltd,company,mining,place,,1,,,": ("missing-key", "amount", "the cell 'amount' is empty", "write the amount"),
    "it world,company,information,place,10,1,,,": (
        "repeated-name",
        "supplier",
        "stands in line 7 and in line 14",
        "put the two rows together",
    ),
    "A Ltd,company,mining,place,10,1,,,,,x": ("wrong-form", "", "more cells than columns", "quote commas in names"),
    f"{'x' * 201},company,mining,place,10,1,,,": ("wrong-form", "supplier", "too long a name", "at most 200 characters"),
    '"A Ltd,company,mining,place,10,1,,,': ("syntax", "", "this line is no row of a CSV", "close the quotes"),
}


@pytest.mark.parametrize("row", WRONG_ROWS)
def test_wrong_rows(tmp_path, row):
    kind, key, message, remedy = WRONG_ROWS[row]
    (problem,) = problems_of_list(tmp_path, LIST + row + "\n")
    assert (problem.kind, problem.key, problem.line) == (kind, key, 14)
    assert message in problem.message and remedy in problem.remedy and problem.file.endswith("council.csv")


def test_a_supplier_may_stand_once_for_each_sector_and_end(tmp_path):
    rows = LIST + "IT World,company,professional,outside,10,1,,,\nIT World,company,information,outside,10,1,2015-01,,\n"
    assert len(place_of(tmp_path, rows).anchors[0].suppliers) == LIST.count("\n") + 1


def test_all_problems_of_list_and_place_come_at_once(tmp_path):
    write_town(tmp_path, LIST + "A Ltd,compny,building,place,x,1,,,\n")
    path = tmp_path / "town.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("title: Anytown Council", "titel: Anytown Council"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_place(path)
    assert [(problem.kind, problem.key) for problem in caught.value.problems] == [
        ("not-a-choice", "kind"),
        ("unknown-name", "sector"),
        ("wrong-type", "amount"),
        ("missing-key", "anchors[0].title"),
        ("unknown-key", "anchors[0].titel"),
    ]


WRONG_HEADS = {
    "supplier,sector,where\n": [("missing-key", "amount", "the column 'amount' is missing")],
    "supplier,sector,where,amount,wher\n": [("unknown-key", "wher", "a supplier list has no column 'wher'")],
    "supplier,sector,where,amount,amount\n": [("duplicate-key", "amount", "the column stands twice")],
    "": [("empty-file", "", "the supplier list is empty")],
    HEAD: [("empty-file", "", "the supplier list has no suppliers")],
}


@pytest.mark.parametrize("text", WRONG_HEADS)
def test_wrong_heads(tmp_path, text):
    found = problems_of_list(tmp_path, text)
    assert [(problem.kind, problem.key, problem.message) for problem in found] == WRONG_HEADS[text]
    assert all(problem.line == 1 for problem in found)


def test_a_list_is_bounded(tmp_path):
    rows = HEAD + "".join(f"S{number},mining,place,1\n" for number in range(MOST_SUPPLIERS + 1))
    (problem,) = problems_of_list(tmp_path, rows)
    assert problem.kind == "too-many-values" and problem.line == MOST_SUPPLIERS + 2 and "of the kind several" in problem.remedy
    many = problems_of_list(tmp_path, HEAD + "".join(f"S{number},mine,place,1\n" for number in range(500)))
    assert len(many) == 101 and many[-1].remedy == "correct these first"


def test_all_lists_of_a_place_are_bounded_together(tmp_path):
    write_town(tmp_path, HEAD + "".join(f"S{number},mining,place,1\n" for number in range(1_200)))
    path = tmp_path / "town.yaml"
    text = path.read_text(encoding="utf-8").replace(
        "    title: Anytown College\n", "    title: Anytown College\n    suppliers: council.csv\n"
    )
    begin = text.index("    annual_spend", text.index("suppliers: council.csv", text.index("Anytown College")))
    end = text.index("    contract_years", begin)
    text = text[:begin] + text[end:]
    contracts = text.index("    contracts:", begin)
    path.write_text(text[:contracts] + text[text.index("\n", contracts) + 1 :], encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_place(path)
    (problem,) = caught.value.problems
    assert problem.kind == "too-many-values" and problem.given == "2,400 suppliers" and problem.key.endswith("suppliers")


def test_a_list_that_is_not_there(tmp_path):
    (problem,) = problems_of(tmp_path, keys="    suppliers: councl.csv\n")
    assert problem.kind == "no-such-file" and problem.key == "anchors[0].suppliers" and problem.given == "councl.csv"
    assert problem.line is not None and "folder of the place file" in problem.remedy


def test_a_list_that_is_no_text(tmp_path):
    write_town(tmp_path)
    (tmp_path / "council.csv").write_bytes(b"supplier,sector,where,amount\nCaf\xe9,mining,place,1\n")
    with pytest.raises(InputError) as caught:
        load_place(tmp_path / "town.yaml")
    assert [(problem.kind, problem.line) for problem in caught.value.problems] == [("not-text", 2)]


FIGURES = {
    f"    annual_spend: {given(4_100_000)}\n": (
        "anchors[0].annual_spend",
        "4000000.55, their sum",
        "write 4000000.55, or leave 'annual_spend' out",
    ),
    f"    contracts: {given(20)}\n": ("anchors[0].contracts", "58, their sum", "write 58, or leave 'contracts' out"),
    f"    share_in_place: {given(0.2)}\n": ("anchors[0].share_in_place", "0.3575 to 0.455", "leave 'share_in_place' out"),
    f"    share_in_region: {given(0.5)}\n": ("anchors[0].share_in_region", "0.17 to 0.2675", "leave 'share_in_region' out"),
}


@pytest.mark.parametrize("keys", FIGURES)
def test_figures_that_the_list_contradicts(tmp_path, keys):
    key, allowed, remedy = FIGURES[keys]
    (problem,) = problems_of(tmp_path, keys=keys + "    suppliers: council.csv\n")
    assert (problem.kind, problem.key, problem.allowed) == ("wrong-sum", key, allowed) and problem.remedy.startswith(remedy)
    assert problem.file.endswith("town.yaml") and "council.csv" in problem.message


def test_shares_that_leave_nothing_for_suppliers_outside(tmp_path):
    keys = f"    share_in_place: {given(0.45)}\n    share_in_region: {given(0.26)}\n    suppliers: council.csv\n"
    (problem,) = problems_of(tmp_path, keys=keys)
    assert problem.kind == "part-above-whole" and problem.allowed == "at most 0.625" and problem.remedy == "leave both out"


def test_sectors_that_the_list_contradicts(tmp_path):
    keys = f"    spend_by_sector: {{construction: {given(1)}}}\n    suppliers: council.csv\n"
    found = problems_of(tmp_path, keys=keys)
    assert {problem.kind for problem in found} == {"wrong-sum"}
    assert found[0].key == "anchors[0].spend_by_sector.food-manufacturing" and found[0].allowed == "0.15 to 0.1875"


def test_figures_that_agree_are_kept(tmp_path):
    keys = f"    annual_spend: {given(4_000_000)}\n    contracts: {given(58)}\n    suppliers: council.csv\n"
    council = place_of(tmp_path, keys=keys).anchors[0]
    assert council.annual_spend.value == 4_000_000 and council.annual_spend.source == "invented-town"


def test_rows_in_the_place_file_itself(tmp_path):
    rows = (
        "    suppliers:\n      - {supplier: A Ltd, sector: mining, where: place, amount: 30.0}\n      - {supplier: B Ltd, amount: 10.0}\n"
    )
    council = place_of(tmp_path, keys=rows).anchors[0]
    assert council.share_in_place.value == 1.0 and council.share_in_place.low == 0.75 and council.contracts.value == 2
    wrong = rows.replace("sector: mining", "sector: minning").replace("amount: 10.0", "amount: much")
    assert [(problem.key, problem.kind) for problem in problems_of(tmp_path, keys=wrong)] == [
        ("anchors[0].suppliers[0].sector", "wrong-form"),
        ("anchors[0].suppliers[1].amount", "wrong-type"),
    ]


def test_an_empty_list_of_rows(tmp_path):
    (problem,) = problems_of(tmp_path, keys="    suppliers: []\n")
    assert (problem.key, problem.kind) == ("anchors[0].suppliers", "wrong-form") and "no suppliers" in problem.message


def test_suppliers_that_are_neither_name_nor_rows(tmp_path):
    assert [(problem.key, problem.kind) for problem in problems_of(tmp_path, keys="    suppliers: 12\n")] == [
        ("anchors[0].suppliers", "wrong-type")
    ]


def test_a_reader_without_a_file_says_so(tmp_path):
    findings = Findings()
    assert read_supplier_list(SourceFile(tmp_path / "none.csv", "none.csv"), findings) is None
    assert [problem.kind for problem in findings.problems] == ["no-such-file"]


def test_the_schema_allows_a_file_and_lets_figures_be_left_out():
    anchor = json_schema("place", POLICIES, SHOCKS)["$defs"]["Anchor"]
    assert "annual_spend" not in anchor["required"] and "contract_years" in anchor["required"]
    assert anchor["anyOf"][0] == {"required": ["suppliers"]} and "annual_spend" in anchor["anyOf"][1]["required"]
    assert anchor["properties"]["suppliers"]["anyOf"][0] == {"type": "string", "minLength": 1}


def test_a_copy_scales_the_list_and_agrees_with_it(tmp_path):
    whole = place_of(tmp_path)
    copy = copied_place(whole, 2500)
    anchor = copy.anchors[0]
    sums = supplier_sums(anchor.suppliers)
    assert float(anchor.annual_spend) == pytest.approx(sums.total) == pytest.approx(float(whole.anchors[0].annual_spend) / 2)
    assert float(anchor.contracts) == sums.contracts
    (tmp_path / "copy.yaml").write_text(
        "title: small\nstart: 2013-04\nmonths: 12\nplace:\n" + "\n".join(block_lines(place_values(copy), "  ")), encoding="utf-8"
    )
    assert load_scenario(tmp_path / "copy.yaml", POLICIES, SHOCKS).place == copy
