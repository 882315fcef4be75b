"""The pages people open in a browser: small, static, speaking to our own API."""
