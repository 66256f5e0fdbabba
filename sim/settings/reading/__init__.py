"""Reading files: text to a tree with lines, single values, and the problems that are found, in words."""
