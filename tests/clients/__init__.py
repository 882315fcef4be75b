"""Clients that real frontends use, from npm, run against a real server."""
