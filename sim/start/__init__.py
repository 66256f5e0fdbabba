"""From a place file to the opening state of an economy."""
