"""Mutation testing: small faults put into the model one by one, to see whether a test notices."""
