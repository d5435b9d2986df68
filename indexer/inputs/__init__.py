"""Where pages come from: files, folders, archives, dumps, PDF; their encodings."""
