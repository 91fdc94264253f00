"""Template tags of the shell, loaded by `{% load jinlin %}`."""
