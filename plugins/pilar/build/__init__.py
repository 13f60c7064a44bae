"""From runs to output folders: what is stale is built in parallel and put in place whole."""
