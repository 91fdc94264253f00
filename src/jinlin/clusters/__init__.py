"""Troubles that many have: found by rules, taken on as one, answered in public; and cases that the secretary leads."""
