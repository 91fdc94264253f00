"""The pages of lists: what everybody reads and residents order, and the lists at the desk."""
