"""Serving: connections, routes and bodies of requests; who may ask, how often, and what is refused."""
