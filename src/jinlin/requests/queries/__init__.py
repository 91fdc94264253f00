"""Reads of the requests app, one module per door."""
