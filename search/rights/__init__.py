"""Who may read which collections: the file of rights, the file of passwords, and the searchers of what one may read."""
