"""Conversations on short statements: who thinks alike, what all share, and where they differ; nobody sees who said what."""
