"""A listing without a GraphQL server: PostgreSQL builds the answer, or it is ready already."""
