"""Pages: access, store, respond."""
