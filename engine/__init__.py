"""How an operation runs: the document store, limits and transports. Knows GraphQL and nothing of commerce."""
