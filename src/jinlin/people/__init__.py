"""Persons, their accounts, the households they live in, consent and what one's own data are used for."""
