"""What Keepwarm reads by itself outside: mailboxes and calendars, never changed by it."""
