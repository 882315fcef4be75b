"""Small tables of their own for the tests of the database room."""
