"""Tests of the shell: its words, its tags, its pages and its scripts."""
