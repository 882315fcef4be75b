"""Thousands who follow orders live: connections as small as they can be, in processes of their own."""
