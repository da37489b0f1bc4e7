"""One gentle nudge at the chosen hour: by mail, by push, and in the calendar."""
