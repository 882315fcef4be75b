"""The engine, on a toy schema that sells nothing."""
