"""The processes of `cablegram serve`: one holds the socket, one answers, and both end without a lost request."""
