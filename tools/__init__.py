"""Programs for maintainers: write generated files, simulate years, play at random, try mutants."""
