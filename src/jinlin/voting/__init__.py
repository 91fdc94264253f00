"""Ballots: who may vote on what, the roll and the box apart, and results counted in whole numbers."""
