"""Scenarios: the keys of their files, layers put together, options checked, and how they are written out and scaled."""
