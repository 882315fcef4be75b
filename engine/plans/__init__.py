"""Operations compiled to Python: what graphql-core would answer, without asking it for every field of every row."""
