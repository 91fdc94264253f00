"""Pages of the organisations app, one module per noun."""
