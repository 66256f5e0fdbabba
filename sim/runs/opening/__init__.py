"""Towns at their opening: stored, so that none is built twice, and read again."""
