"""How rows are fetched, in batches. Reads only."""
