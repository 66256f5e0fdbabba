"""The workshop page: a place with business as usual beside the same place with what the room chose, served by this machine alone."""
