"""Many buyers at once, over HTTP, through web processes that may die."""
