"""How a review is written: summary, report and line comments, from the data of `compare`."""
