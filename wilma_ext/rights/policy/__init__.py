"""The provider's choices P1-P28: versions, words, what a change would do."""
