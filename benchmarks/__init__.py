"""How fast Keepwarm is, and how well it chooses: commands that print a table and keep their figures."""
