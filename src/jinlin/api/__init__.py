"""Assembles the JSON API: authentication, errors, paging."""
