"""Who the members of a co-operative are."""

from __future__ import annotations

from typing import Final

#: Codes of the column `form`. One without a form is as a worker co-operative.
NO_FORM, WORKER, CONSUMER, MULTI_STAKEHOLDER, MUNICIPAL = range(5)
FORMS: Final = ("none", "worker", "consumer", "multi-stakeholder", "municipal")
