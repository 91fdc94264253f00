"""The tests of Jinlin; docs/developers/testing.md says what lies where and which fixtures there are."""
