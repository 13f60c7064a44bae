"""Two versions of a module compared as data, and the version number that they ask for."""
