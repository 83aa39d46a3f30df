"""What ``loader`` puts into an empty database, part by part, through the packages' services."""
