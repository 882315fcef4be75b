"""What is read: one frozen, typed row per kind of thing. Named tuples, because they are built straight from records."""
