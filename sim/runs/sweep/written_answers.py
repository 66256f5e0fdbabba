"""The answers of a sweep as files in its folder: one table each, and the sentences."""

from __future__ import annotations

import pandas as pd

from sim.runs.stored.store import csv_text
from sim.runs.sweep.answers import Answers, answers_of
from sim.runs.sweep.storage import write_whole
from sim.runs.sweep.stored import Sweep

__all__ = ["ANSWERS", "write_answers"]

#: The folder of the answers, within that of the sweep.
ANSWERS = "answers"


def write_answers(sweep: Sweep) -> Answers:
    """Work out the answers of a sweep and write them into its folder.

    Parameters
    ----------
    sweep : Sweep
        The sweep.

    Returns
    -------
    Answers
        As written: ``answers/NAME.csv`` for each table that has rows (that of the decision in any case), and ``answers/sentences.csv``.

    Raises
    ------
    OSError
        When the files can't be written.
    """
    answers = answers_of(sweep)
    folder = sweep.path / ANSWERS
    tables = {name: table for name, table in answers.tables.items() if not table.empty or name == "decision"}
    for name, table in tables.items():
        write_whole(folder / f"{name}.csv", csv_text(table))
    sentences = pd.DataFrame(list(answers.sentences.items()), columns=["about", "words"])
    write_whole(folder / "sentences.csv", csv_text(sentences))
    for path in folder.glob("*.csv"):
        if path.stem not in {*tables, "sentences"}:
            path.unlink()
    return answers
