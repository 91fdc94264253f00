"""Persons, accounts, households, mandates and the doors that show them."""
