"""Lists of names, phrases and questions, answered line by line: `cablegram batch`, the page `/batch`, the API."""
