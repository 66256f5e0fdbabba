"""Statistics of runs: from series to one number a run, from paired runs to a difference and how sure it is."""
