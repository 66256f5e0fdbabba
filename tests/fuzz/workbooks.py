"""What is wrong inside a workbook that holds together as an archive: shared texts, links between parts, names, dates, sizes, entities."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import Final

__all__ = ["odd_parts"]

Parts = list[tuple[str, str]]

_SHEET_NAMES: Final = (
    "\u202eeno",
    "..",
    "a/b",
    "x" * 300,
    "",
    "=1+1",
    "&#9;",
    "&#x202E;",
    "&#xD83C;&#xDFD8;",
    "History",
    "One&#0;",
    "&lt;b&gt;",
)
_TARGETS: Final = (
    "/xl/worksheets/sheet1.xml", "../xl/worksheets/sheet1.xml", "worksheets/none.xml", "workbook.xml", "", "..", "/etc/passwd",
    "sharedStrings.xml",
    "worksheets\\sheet1.xml", "file:///dev/zero", "worksheets/sheet1.xml#x", "WORKSHEETS/SHEET1.XML",
)  # fmt: skip
_TEXTS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
_DOCTYPE: Final = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>',
    '<!DOCTYPE x SYSTEM "file:///dev/zero">', '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
)  # fmt: skip


def odd_parts(parts: Parts, random: Random) -> Parts:
    """The parts of a workbook with one thing changed."""
    return random.choice((_shared, _shared, _target, _named, _dates, _entities, _swollen, _written))(list(parts), random)


def _replaced(parts: Parts, ending: str, old: str, new: str) -> Parts:
    """One part with some text replaced, once."""
    return [(name, text.replace(old, new, 1) if name.endswith(ending) else text) for name, text in parts]


def _shared(parts: Parts, random: Random) -> Parts:
    """Shared texts: too few, too many, without the link to them; cells that mean texts that are not there."""
    count = random.choice((0, 1, 3, 50))
    texts = "".join(f"<si><t>{random.choice(('A Ltd', '01/08/2019', '12.50', 'x' * 3000, '&#10;'))}</t></si>" for _ in range(count))
    stated = random.choice(("", f' count="{count}"', ' count="4294967296" uniqueCount="-1"', ' uniqueCount="999999999"'))
    number = random.choice((0, 1, 2, count, 10**9, -1, "x", "", 2**64, "1.5"))
    parts.append(("xl/sharedStrings.xml", f'<?xml version="1.0"?><sst{stated}>{texts}</sst>'))
    link = f'<Relationship Id="r9" Type="{_TEXTS}" Target="{random.choice(("sharedStrings.xml", "none.xml"))}"/></Relationships>'
    parts = _replaced(parts, "workbook.xml.rels", "</Relationships>", link) if random.random() < 0.8 else parts
    cells = f'<row r="9">{"".join(f"""<c r="{letter}9" t="s"><v>{number}</v></c>""" for letter in "ABC")}</row></sheetData>'
    return _replaced(parts, "sheet1.xml", "</sheetData>", cells)


def _target(parts: Parts, random: Random) -> Parts:
    """A link to another part, to none, or to itself."""
    mode = random.choice(("", '" TargetMode="External'))
    return _replaced(parts, "workbook.xml.rels", "worksheets/sheet1.xml", f"{random.choice(_TARGETS)}{mode}")


def _named(parts: Parts, random: Random) -> Parts:
    """Sheets of other names, hidden, or the same one many times."""
    name, state = random.choice(_SHEET_NAMES), random.choice(("", ' state="hidden"', ' state="veryHidden"', ' state="x"'))
    sheets = f'<sheet name="{name}"{state} sheetId="2" r:id="r1"/>' * random.choice((1, 1, 2, 60))
    parts = _replaced(parts, "content.xml", 'table:name="A"', f'table:name="{name}"')
    return _replaced(parts, "xl/workbook.xml", random.choice(("<sheets>", "</sheets>")), sheets)


def _dates(parts: Parts, random: Random) -> Parts:
    """Days counted from 1904, and styles that make dates, times or money of numbers."""
    parts = _replaced(parts, "xl/workbook.xml", "<sheets>", f'<workbookPr date1904="{random.choice(("1", "true", "x", "0"))}"/><sheets>')
    form = random.choice(("dd/mm/yyyy", "[h]:mm:ss", "0.00%", "&quot;£&quot;#,##0", "yyyy", "x" * 5000, ""))
    styles = f'<styleSheet><numFmts count="1"><numFmt numFmtId="{random.choice((164, 14, -1, 2**40))}" formatCode="{form}"/></numFmts>'
    styles += '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>'
    parts.append(("xl/styles.xml", styles))
    link = f'<Relationship Id="r8" Type="{_TEXTS.replace("sharedStrings", "styles")}" Target="styles.xml"/></Relationships>'
    parts = _replaced(parts, "workbook.xml.rels", "</Relationships>", link)
    day = random.choice(("43678", "43678.999999", "-1", "0", "60", "2958466", "1e300", "NaN", "", "1e-400"))
    cells = f'<row r="9"><c r="A9" s="1"><v>{day}</v></c><c r="B9" s="{random.choice((1, 2, 99, -1))}"><v>{day}</v></c></row></sheetData>'
    return _replaced(parts, "sheet1.xml", "</sheetData>", cells)


def _entities(parts: Parts, random: Random) -> Parts:
    """Names of its own in a part."""
    at = random.randrange(len(parts))
    name, text = parts[at]
    head, mark, rest = text.partition("?>")
    use = rest.replace("<v>", "<v>&c;", 1) if random.random() < 0.5 else rest
    parts[at] = (name, f"{head}{mark}{random.choice(_DOCTYPE)}{use}" if mark else random.choice(_DOCTYPE) + text)
    return parts


def _swollen(parts: Parts, random: Random) -> Parts:
    """A small archive that unpacks to megabytes, of spaces, cells, rows or depth; or a sheet that states to be the largest there is."""
    if random.random() < 0.5:
        largest = '<dimension ref="A1:XFD1048576"/><sheetData>'
        merged = '</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        return _replaced(_replaced(parts, "sheet1.xml", "<sheetData>", largest), "sheet1.xml", "</sheetData>", merged)
    at = random.randrange(len(parts))
    name, text = parts[at]
    cut = text.rfind("</")
    parts[at] = (name, text[:cut] + _filling(random.choice((" ", "<a>", "<!-- -->", "<row/>", "<c/>", "&#32;"))) + text[cut:])
    return parts


@cache
def _filling(piece: str) -> str:
    """A megabyte of the same."""
    return piece * (2**20 // len(piece))


def _written(parts: Parts, random: Random) -> Parts:
    """The same part as other programs write it: with a prefix, in pieces of raw text, with remarks, or as another encoding than it says."""
    at = random.randrange(len(parts))
    name, text = parts[at]
    changes = (("<v>", "<v><![CDATA["), ("</v>", "]]></v>")), (("<c ", "<x:c "), ("</c>", "</x:c>")), (("><", "><!-- -->\n<"),)
    changes += ((("?>", ' encoding="utf-16"?>'),), (("<row r", "<row x:r"),), (('t="inlineStr"', ""),), (("><", "><?x y?><"),))  # type: ignore[assignment]
    for old, new in random.choice(changes):
        text = text.replace(old, new)
    parts[at] = (name, text)
    return parts
