"""Documents for print and download: one content tree, three writers, one answer to a browser."""
