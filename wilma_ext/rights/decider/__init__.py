"""Who decides about a pupil: guardians by the host or by a decision, the pupil, both."""
