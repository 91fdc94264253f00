"""The pages of procedures: what everybody reads and residents take part in, and the procedures at the desk."""
