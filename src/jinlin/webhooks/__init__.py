"""Webhooks: other systems are told of requests by signed calls, at least once and in order, without personal data."""
