"""Open data about municipalities (Kolada): fetched or read from file, stored with day and source."""
