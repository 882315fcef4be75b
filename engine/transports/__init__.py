"""The ways an operation comes in and its answer goes out."""
