"""Template filters of the people app."""
