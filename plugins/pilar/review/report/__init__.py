"""How a review is told: summary, report and line comments, from the data of `compare`."""
