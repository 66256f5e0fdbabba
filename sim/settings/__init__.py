"""What a user sets: places, scenarios, parameters, and the reader that checks them."""
