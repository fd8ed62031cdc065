"""Access: may this member see this category of this pupil now (design D4)."""
