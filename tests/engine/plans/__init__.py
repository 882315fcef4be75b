"""Plans against graphql-core: the same answers, always."""
