"""The components that page authors use, by what they are for; docs/developers/components.md has an example of each."""
