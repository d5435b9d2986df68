"""View-models: what each page says, made by pure functions out of states, results and cables; no HTML but marks."""
