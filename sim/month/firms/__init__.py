"""Firms: how they begin, invest, change hands and end, and who their money goes to."""
