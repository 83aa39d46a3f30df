"""The rules. Each looks at a section and gives the sentences that its figures allow."""
