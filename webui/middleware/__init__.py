"""What stands around every request: compression, limits, metrics, headers."""
