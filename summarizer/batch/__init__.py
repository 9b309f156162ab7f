"""Many articles: their items, their pace, and a file of results that survives a kill."""
