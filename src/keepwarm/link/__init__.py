"""A shared network of millions: duplicates looked for by an outside engine, Splink on DuckDB."""
