"""What is noticed by itself: changes in the register, consents that ended, the periodic work."""
