"""Accountability: the audit record, its chain and its search."""
