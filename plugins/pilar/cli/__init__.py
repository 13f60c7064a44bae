"""The command `pilar`, one file a command. Parses and prints; the work is done elsewhere."""
