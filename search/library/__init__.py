"""The index as a Python library: what `import cablegram` gives, for notebooks and programs.

Owns the names, the types and the sentences of errors there. Must not know the web or the parser, nor print anything.
`docs/python.md` shows it; the examples in the docstrings are run by the tests, on the sample cables.
"""
