"""Pages of the desk door: inbox and list, one request with its steps, many at once, entry for others, publication."""
