"""Money that works locally: saving, lending, investing and currency of the place."""
