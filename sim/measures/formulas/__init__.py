"""Published formulas as pure functions: arrays in, numbers out. Nothing here knows of an economy."""
