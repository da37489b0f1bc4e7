"""What we believe: rules and arithmetic. No Django, no clock, no disk, no network."""
