"""Programs for maintainers: they write what is generated in this repository."""
