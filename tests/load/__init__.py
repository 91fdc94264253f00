"""Tests with a server of its own under load."""
