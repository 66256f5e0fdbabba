"""Places: the sections of a place file, its figures by name and mark, and how they are read, checked and moved."""
