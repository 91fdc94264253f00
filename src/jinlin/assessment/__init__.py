"""Indicators and the cockpit, each number with the rows behind it."""
