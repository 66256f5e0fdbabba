"""Who the suppliers in published spending are: one firm from its spellings, its kind, its place and its sector, each as a guess."""
