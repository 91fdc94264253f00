"""Measures what the issue of speed asks: CPU, statements, throughput and waiting time of the API, on both databases."""
