"""What a sweep says about uncertainty: what the answer hangs on, what would change the decision, and whether there is enough of it."""

from __future__ import annotations

from sim.runs.sweep.answers.answers import Answers, answers_of

__all__ = ["Answers", "answers_of"]
