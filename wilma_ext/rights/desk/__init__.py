"""The secretary's desk: one look at all pupils, one pupil, bulk runs, reminders."""
