"""Tests of what the platform computes."""
