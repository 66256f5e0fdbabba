"""The report of an experiment: what its answer hangs on, what would change the decision, where a policy fails."""
