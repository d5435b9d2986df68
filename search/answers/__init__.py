"""From matches to what is shown: order, groups, marks, snippets, completions and corrections."""
