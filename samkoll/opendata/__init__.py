"""Open data about municipalities (Kolada): fetched or read from file, with day and source."""
