"""The grammar of a cable: the words and small forms that its lines are known by, each spelled in one place.

Captions and levels (`vocabulary`), portion marks, page marks, rules and end signs (`marks`), the labels of the header's
fields (`labels`). Pure functions over one line's words; nothing here knows pages, paragraphs or other lines.
"""
