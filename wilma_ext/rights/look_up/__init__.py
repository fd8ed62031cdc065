"""Look-ups: opening a pupil for a purpose and showing exactly what is permitted (D8)."""
