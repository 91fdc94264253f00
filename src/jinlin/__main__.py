"""Lets `python -m jinlin` do what the `jinlin` command does."""

from jinlin.cli import main

if __name__ == "__main__":
    main()
