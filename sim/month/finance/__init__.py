"""Finance of the place: its bank, union, fund and currency, what they lend, and what is left when somebody ends."""
