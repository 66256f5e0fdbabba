"""Experiments: the keys of their files, what they vary and by which design, and how they are read and written out."""
