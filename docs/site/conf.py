"""How Sphinx builds the pages of the project into a site that opens from a folder, without a network.

Called by ``python docs/build.py``, or plainly ``sphinx-build -W -n -b html -c docs/site . build/site`` from the folder of the project.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT)]

import landmarks  # noqa: E402  beside this file
import mathml  # noqa: E402
import navigation  # noqa: E402

import sim  # noqa: E402

project = "localwealth"
copyright = "the localwealth contributors"
version = release = sim.__version__
language = "en-GB"

# The sources are the files as they lie in the project, so a link is the same here and where the files are read by themselves.
include_patterns = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "docs/**.md", "results/published/**.md"]
exclude_patterns = [".*", "build", "dist", "sim", "tests", "scenarios", "experiments", "**/__pycache__", "results/[!p]*"]
root_doc = navigation.FRONT
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
nitpicky = True

myst_enable_extensions = ["dollarmath"]
myst_heading_anchors = 4
myst_dmath_double_inline = True
myst_links_external_new_tab = False

html_theme = "furo"
html_title = "localwealth"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_math_renderer = "mathml"
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_use_index = False
html_domain_indices = False
html_permalinks = False
html_theme_options: dict[str, Any] = {
    "navigation_with_keys": False,
    "light_css_variables": {"color-brand-primary": "#00598c", "color-brand-content": "#00598c", "color-brand-visited": "#00598c"},
    "dark_css_variables": {"color-brand-primary": "#8ecbf2", "color-brand-content": "#8ecbf2", "color-brand-visited": "#8ecbf2"},
}


def setup(app: Any) -> dict[str, Any]:
    """Add what is the project's own: equations as MathML, navigation by groups, what the theme leaves out."""
    mathml.setup(app)
    navigation.setup(app)
    landmarks.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
