"""Equations as MathML, which browsers draw by themselves: no script, no font and no picture has to be fetched."""

from __future__ import annotations

import re
from typing import Any, Final

from docutils import nodes
from docutils.utils.math import MathError
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.util import logging

logger = logging.getLogger(__name__)
#: A letter that stands alone, Latin or Greek.
LETTER: Final = re.compile(r"<mi>(\w)</mi>")


def markup(node: Any, as_block: bool) -> str:
    """The MathML of an equation; one that can't be drawn is a warning, which stops the build."""
    try:
        return LETTER.sub(r'<mi class="letter">\1</mi>', str(tex2mathml(node.astext(), as_block=as_block)))
    except MathError as error:
        logger.warning("equation that can't be drawn: %s: %s", error, node.astext(), location=node)
        return ""


def visit_inline(self: Any, node: Any) -> None:
    """An equation within a line."""
    self.body.append(markup(node, as_block=False))
    raise nodes.SkipNode


def visit_block(self: Any, node: Any) -> None:
    """An equation of its own, in a box that scrolls where the window is narrow."""
    self.body.append(f'<div class="equation" tabindex="0">{markup(node, as_block=True)}</div>\n')
    raise nodes.SkipNode


def setup(app: Any) -> None:
    """Make it known to Sphinx."""
    app.add_html_math_renderer("mathml", inline_renderers=(visit_inline, None), block_renderers=(visit_block, None))
