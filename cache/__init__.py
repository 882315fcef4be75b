"""What may be kept for a while, and how long it stays true."""
