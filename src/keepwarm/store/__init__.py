"""Decisions onto rows: the only place that writes across rows. Plain functions, verbs."""
