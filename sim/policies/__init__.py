"""Policies and shocks: one a file, in folders by pillar. `sim.catalogue` imports them all."""
