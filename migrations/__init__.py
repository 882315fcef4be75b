"""The steps from an empty database to the tables of today. Generated, reviewed, never edited after merge."""
