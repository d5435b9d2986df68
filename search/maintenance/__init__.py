"""An index kept whole: backed up, copied, verified, brought to a newer version, compared with its list of sources."""
