"""Payment providers behind one protocol. No tables: money, ids and results only."""
