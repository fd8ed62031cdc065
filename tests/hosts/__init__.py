"""Hosts for tests: what school systems may look like."""
