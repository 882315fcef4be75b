"""Who asks, and which rows: one short function per field or mutation that needs work."""
