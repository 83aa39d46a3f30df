"""The rules: each a small pure function from documents to findings. See docs/rules/review.md."""
