"""Procedures: a matter goes through the steps that the place's work method has for it, in order and in the open."""
