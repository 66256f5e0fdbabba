"""Charts: each draws numbers that it is given and knows nothing of results."""
