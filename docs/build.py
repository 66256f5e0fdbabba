"""Build the pages of the project into a site in build/site, offline; a warning stops it.

Run it as ``python docs/build.py``, with the extra ``docs`` installed; ``--out FOLDER`` puts the site elsewhere. Then open
``build/site/index.html``: nothing of it is fetched from anywhere.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]


def arguments(out: Path) -> list[str]:
    """What ``sphinx-build`` is given: warnings are errors, all of them are shown, and every link inside must lead somewhere."""
    kept = out.with_name(f"{out.name}-doctrees")
    return ["-W", "--keep-going", "-n", "-q", "-b", "html", "-c", str(ROOT / "docs" / "site"), "-d", str(kept), str(ROOT), str(out)]


def main() -> int:
    """Build the site; the exit code of Sphinx, 2 where it is not installed."""
    parser = argparse.ArgumentParser(description="Build the pages of the project into a site that opens without a network.")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "site", help="folder of the site")
    out = parser.parse_args().out.resolve()
    try:
        from sphinx.cmd.build import main as sphinx_build
    except ImportError:
        sys.stderr.write('Sphinx is not installed: python -m pip install -e ".[docs]"\n')
        return 2
    code = sphinx_build(arguments(out))
    if code == 0:
        sys.stdout.write(f"written: {out / 'index.html'}\n")
    return int(code)


if __name__ == "__main__":
    raise SystemExit(main())
