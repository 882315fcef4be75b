"""What those who run a shop look at: health, figures and logs. Knows no commerce."""
