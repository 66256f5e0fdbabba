"""From a spend analysis or a contract book to an anchor of a place: its suppliers a year, the place file, scenarios to begin with."""
