"""Consent: what families say, what it amounts to, what it opens and what they see of it."""
