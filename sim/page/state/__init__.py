"""What a visitor chose: the state of the page, read, checked, and written as a scenario or a link."""
