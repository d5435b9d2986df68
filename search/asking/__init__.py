"""What is asked of an open index beyond one question: advice, counts over time, terms side by side."""
