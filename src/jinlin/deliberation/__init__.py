"""Proposals: what people bring forward to be talked over, where it is asked about, and the answer that each one gets."""
