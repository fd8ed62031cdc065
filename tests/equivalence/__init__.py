"""The SQL of the rights against the plain Python of the oracle, on real databases."""
