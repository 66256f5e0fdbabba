"""From a table of suppliers to an anchor: a year's money to the penny, rows by name or together, files that the model reads."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import sim.catalogue  # noqa: F401  fills the registries
from sim.core.registry import POLICIES, SHOCKS
from sim.errors import InputError
from sim.settings.load import check_file, load_place, load_scenario
from sim.settings.names import shipped_folder
from sim.spend.anchor.files import write_anchor
from sim.spend.anchor.period import period_of
from sim.spend.anchor.rows import supplier_rows

TINY = Path(__file__).parents[2] / "settings" / "files" / "tiny-place.yaml"
COLUMNS = ("name", "kind", "sector", "where", "where_certainty", "spellings", "amount")
ROWS = [
    ("Alpha Builders Ltd", "company", "construction", "place", 1.0, 2, 1_000_001),
    ("Beta Care", "charity", "health-care", "region", 0.9, 1, 500_003),
    ("Gamma Borough Council", "public body", "public-administration", "outside", 1.0, 1, 400_000),
    ("Private person or withheld", "person or withheld", "health-care", "unknown", 0.0, 12, 90_000),
    ("Private person or withheld", "person or withheld", "health-care", "unknown", 0.0, 3, 10_000),
    ("Delta Paper Ltd", "company", "wholesale-retail", "place", 0.3, 1, 60_000),
    ("Epsilon Glass Ltd", "company", "construction", "place", 1.0, 1, 50_007),
    ("Zeta Roofs Ltd", "company", "construction", "place", 1.0, 1, 40_000),
    ("Eta Refunds Ltd", "company", "finance", "outside", 1.0, 1, -30_000),
    ("alpha builders ltd", "company", "construction", "outside", 1.0, 1, 600_000),
]
DATES = pd.Series(pd.to_datetime(["2019-08-01"] * 40 + ["2019-09-15"] * 35 + ["2010-01-01", None]))


@pytest.fixture
def table() -> pd.DataFrame:
    return pd.DataFrame(ROWS, columns=COLUMNS)


def test_all_money_above_nought_is_in_the_list(table):
    rows = supplier_rows(table, 12 / 7, top=4)
    paid = sum(row[-1] for row in ROWS if row[-1] > 0)
    assert rows.pence == round(paid * 12 / 7)
    assert (rows.paid_back, rows.paid_back_pence, rows.left_out) == (1, -30_000, 0)
    assert (rows.named, rows.grouped) == (4, 5)
    assert rows.table["amount"].is_monotonic_decreasing and rows.table["contracts"].min() == 1


def test_small_suppliers_and_persons_stand_together(table):
    rows = supplier_rows(table, 1.0, top=4).table.set_index("supplier")
    assert list(rows.index[:4]) == ["Alpha Builders Ltd", "alpha builders ltd (2)", "Beta Care", "Gamma Borough Council"]
    small = rows.loc["2 smaller suppliers: Construction, in the place"]
    assert (small["kind"], small["amount"], small["contracts"]) == ("several", 90_007, 2)
    persons = rows.loc["Private persons or withheld: Health and social care, whereabouts unknown"]
    assert (persons["kind"], persons["amount"], persons["contracts"]) == ("person or withheld", 100_000, 15)
    assert not any(name == "Private person or withheld" for name in rows.index)


def test_whereabouts_that_are_hardly_known_are_unknown(table):
    rows = supplier_rows(table, 1.0).table.set_index("supplier")
    assert rows.loc["Delta Paper Ltd", "where"] == "unknown" and rows.loc["Epsilon Glass Ltd", "where"] == "place"


def test_public_bodies_can_be_left_out(table):
    rows = supplier_rows(table, 2.0, public_bodies=False)
    assert (rows.left_out, rows.left_out_pence) == (1, 400_000) and "Gamma Borough Council" not in set(rows.table["supplier"])


def test_a_period_of_whole_months():
    found = period_of(DATES)
    assert (found.months, found.first, found.last, found.stray, found.factor) == (2, "2019-08", "2019-09", 2, 6.0)
    assert period_of(pd.Series(pd.to_datetime([None, None]))) is None


def test_the_files_are_good_and_say_the_same(table, tmp_path):
    made = write_anchor(table, TINY, "council", tmp_path / "mine", dates=DATES, published="payments of Tinyton Council")
    place = load_place(made.place)
    council = place.anchors[0]
    paid = sum(row[-1] for row in ROWS if row[-1] > 0)
    assert council.annual_spend.value == paid * 6 / 100 and council.annual_spend.year == 2019
    assert round(sum(row.amount for row in council.suppliers) * 100) == paid * 6
    assert council.share_in_place.low == pytest.approx((1_000_001 + 50_007 + 40_000) / paid)
    assert place.sources["spend-files"].title == "payments of Tinyton Council"
    for path in made.paths:
        assert path.parent == tmp_path / "mine"
    assert not [problem for path in (made.usual, made.buy_local) for problem in check_file(path, POLICIES, SHOCKS)]
    usual, local = (load_scenario(path, POLICIES, SHOCKS) for path in (made.usual, made.buy_local))
    assert str(usual.start) == "2019-10" and usual.place == local.place == place
    assert local.policies[0].options["share"] == pytest.approx(council.share_in_place.value + 0.1, abs=0.001)
    said = "\n".join(made.notes)
    assert "1 supplier that paid back as much as they were paid or more is left out: -300.00" in said
    assert "2 months (2019-08 to 2019-09) told as a year" in said and "2 payments have no date in those months" in said
    assert "goes to public bodies" in said and "it is not known where it goes" in said


def test_the_rest_of_the_place_stays_with_its_comments(table, tmp_path):
    made = write_anchor(table, "anytown", "council", tmp_path, dates=DATES)
    before = (shipped_folder() / "places" / "anytown.yaml").read_text(encoding="utf-8")
    after = made.place.read_text(encoding="utf-8")
    assert [line for line in before.splitlines() if line.startswith("#")] == [line for line in after.splitlines() if line.startswith("#")]
    usual, changed = load_place("anytown"), load_place(made.place)
    assert changed.anchors[1:] == usual.anchors[1:] and changed.labour == usual.labour and changed.housing == usual.housing
    assert changed.anchors[0].jobs == usual.anchors[0].jobs and changed.anchors[0].contract_years == usual.anchors[0].contract_years


def test_shares_of_the_place_stay_where_the_files_do_not_know(tmp_path):
    table = pd.DataFrame({"name": ["A", "B"], "sector": "construction", "where": ["unknown", "place"], "amount": [900_000, 100_000]})
    made = write_anchor(table, TINY, "council", tmp_path, months=1)
    council = load_place(made.place).anchors[0]
    assert council.share_in_place.value == 0.2 and council.share_in_place.source == "made-up"
    assert "the place file's shares tell where it goes" in "\n".join(made.notes)


def test_a_second_anchor_keeps_the_list_of_the_first(table, tmp_path):
    first = write_anchor(table, TINY, "council", tmp_path / "one", months=2)
    second = write_anchor(table, first.place, "hospital", tmp_path / "two", months=2)
    place = load_place(second.place)
    assert len(place.anchors[0].suppliers) == len(place.anchors[1].suppliers) == 8
    assert (tmp_path / "two" / "suppliers-of-council.csv").is_file()
    again = write_anchor(table, second.place, "council", tmp_path / "three", months=4)
    assert load_place(again.place).anchors[0].annual_spend.value == pytest.approx(place.anchors[0].annual_spend.value / 2, abs=0.01)


REFUSED = {
    "anchor": ({"anchor": "councl"}, "anchor", "has no anchor 'councl'", "write 'council'"),
    "no dates": ({"months": None, "dates": pd.Series(pd.to_datetime([None]))}, "months", "no payment has a date", "--months 12"),
    "months": ({"months": 0}, "months", "so many months can't be covered", "write how many months"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(table, tmp_path, name):
    changed, key, message, remedy = REFUSED[name]
    with pytest.raises(InputError) as caught:
        write_anchor(**{"suppliers": table, "place": TINY, "anchor": "council", "out": tmp_path, "months": 2} | changed)
    (problem,) = caught.value.problems
    assert problem.key == key and message in problem.message and remedy in problem.remedy
    assert not list(tmp_path.iterdir())


def test_public_bodies_that_are_left_out_are_told(table, tmp_path):
    made = write_anchor(table, TINY, "council", tmp_path, months=2, public_bodies=False)
    assert "1 public body is left out: 4,000.00 over the period" in made.notes


def test_no_money_is_refused(table, tmp_path):
    with pytest.raises(InputError, match="there is no money to share out"):
        write_anchor(table.assign(amount=-1), TINY, "council", tmp_path, months=2)


def test_nothing_is_overwritten(table, tmp_path):
    (tmp_path / "place.yaml").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="nothing is ever overwritten"):
        write_anchor(table, TINY, "council", tmp_path, months=2)
    assert (tmp_path / "place.yaml").read_text(encoding="utf-8") == "mine"
