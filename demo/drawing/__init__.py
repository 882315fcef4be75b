"""Drawing the demo shop's pictures. Not needed to run the shop: `python -m demo.drawing` makes `demo/media/` anew."""
