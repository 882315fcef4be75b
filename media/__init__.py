"""Pictures: where they are kept, how they are made smaller, how they are served. Knows nothing of commerce."""
