"""Following a hundred pounds from payment to payment."""
