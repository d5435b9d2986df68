"""What a language model is given to ask an index with: plain functions with typed answers, each of a bounded size.

Owns what each answer holds, its limits, and how the rest is reached. Must not know the protocol by which a model asks
(`search.cli.mcp` does), nor an engine.
"""
