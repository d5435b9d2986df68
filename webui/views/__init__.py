"""The views: from a request to the searcher, to a view-model, to a template; one blueprint."""
