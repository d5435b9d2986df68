"""Documents of office programs and XML that nobody vouches for, read for whoever asks: the indexer, and drafts."""
