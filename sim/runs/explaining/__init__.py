"""What made the difference: the effect of a package shared among its members."""
