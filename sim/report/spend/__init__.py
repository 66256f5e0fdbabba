"""The report of published spending: who is paid, how much stays, and what is not known."""
