"""The analysis of spending: who is paid, where, when, how concentrated, and an account of the reading."""
