"""Letters to shoppers, behind one protocol."""
