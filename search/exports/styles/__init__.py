"""How a work is cited in words: one module a style, each with the rule that it follows and where that stands.

`wording` has what they share: names in a row, quotation marks, stops; `dates` how each writes a day. A style is given a
`Work` and the day on which the reader looked at it; it invents nothing: what is not known is left out.
"""
