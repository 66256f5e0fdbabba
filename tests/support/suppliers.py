"""An anchor with a supplier list: the invented town's council, with suppliers made up for tests."""

from __future__ import annotations

from pathlib import Path

from sim.core.registry import POLICIES, SHOCKS
from sim.settings.load import load_scenario
from sim.settings.names import shipped_folder
from sim.settings.scenario import Scenario

LIST = """\
supplier,kind,sector,where,amount,contracts,end,certainty,size
Anytown Builders Ltd,company,construction,place,300000,2,2014-06,0.9,small
Valley Homecare Co-operative,co-operative,health-care,place,250000.55,1,,0.8,
Hill Care Trust,charity,health-care,place,120000,1,,,
Other Care Ltd,company,health-care,region,480000,4,,,
Big Waste plc,company,energy-water-waste,outside,500000,1,2019-12,1,large
IT World,company,information,outside,600000,3,,,
County Pension Fund,public body,finance,region,200000,1,,1,
The Mystery Company,unknown,unknown,unknown,150000,2,,0,unknown
Small suppliers of professional services,several,professional,place,160000,10,,,
Small builders,several,construction,outside,400000,12,,,
Small shops,several,wholesale-retail,unknown,240000,20,,,
Town Mill Ltd,company,food-manufacturing,place,600000,1,,,large
"""
#: The council's keys that a list stands for, as they begin in the shipped file, and where they end.
FIRST, LAST, LEFT = "    annual_spend: {value: 4000000", "    contract_years:", "    contracts: {value: 20,"


def place_text(keys: str = "    suppliers: council.csv\n") -> str:
    """The invented town's file with its council's figures of spending replaced by some lines."""
    text = (shipped_folder() / "places" / "anytown.yaml").read_text(encoding="utf-8")
    begin = text.index(FIRST)
    text = text[:begin] + keys + text[text.index(LAST, begin) :]
    line = text.index(LEFT)
    return text[:line] + text[text.index("\n", line) + 1 :]


def write_town(folder: Path, rows: str = LIST, keys: str = "    suppliers: council.csv\n", scenario: str = "") -> Path:
    """Write place, list and scenario into a folder; returns the scenario's path."""
    (folder / "council.csv").write_text(rows, encoding="utf-8")
    (folder / "town.yaml").write_text(place_text(keys), encoding="utf-8")
    path = folder / "usual.yaml"
    path.write_text(f"title: Real suppliers\nplace: town.yaml\nstart: 2013-04\nmonths: 24\n{scenario}", encoding="utf-8")
    return path


def listed_scenario(folder: Path, rows: str = LIST, keys: str = "    suppliers: council.csv\n", scenario: str = "") -> Scenario:
    """A scenario of the invented town whose council has these suppliers."""
    return load_scenario(write_town(folder, rows, keys, scenario), POLICIES, SHOCKS)
