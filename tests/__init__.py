"""The suite. Every file reads like sentences of the trade."""
