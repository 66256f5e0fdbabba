"""A place of one's own: from a handful of figures to a complete, commented place file, national figures filling the rest."""
