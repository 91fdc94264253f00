"""Bodies, the posts at them, who holds a post, and which body answers for what and where."""
