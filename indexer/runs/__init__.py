"""A run of `cablegram index`: what is read, by which processes, what is kept, and what is told."""
