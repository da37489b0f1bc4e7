"""The pages for users, and the two commands that make what can be made: the reference and the pictures."""
