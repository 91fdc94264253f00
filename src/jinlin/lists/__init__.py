"""Lists whose items are taken on one by one: problems, needs and projects that answer each other, orders of residents."""
