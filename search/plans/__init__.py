"""From a question to what an engine is asked, and from a cable to what an engine indexes."""
