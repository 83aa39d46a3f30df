"""Reading last year's reports, ours or anybody's, into drafts that a person confirms."""
