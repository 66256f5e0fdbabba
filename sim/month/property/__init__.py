"""Property: land, premises and homes, what they cost and who gets them."""
