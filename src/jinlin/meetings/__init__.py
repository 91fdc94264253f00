"""Meetings of the forums that a place has: who was at the table, what was said and decided, who does what by when."""
