"""Results: in memory, as tables, and in their folder, written and read back."""
