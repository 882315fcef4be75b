"""What drills and tests stand on: a PostgreSQL, databases in it, the shop as a running program, a crowd."""
