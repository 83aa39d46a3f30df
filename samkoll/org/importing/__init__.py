"""The organisation from a file: text to lines, lines to a plan, a plan to changes.

``sheet`` reads CSV and XLSX, ``lines`` says what a row means, ``plan`` compares the lines with the
organisation that is there. None of them writes; ``org.services.import_organisation`` does.
See ``docs/rules/organisation-file.md``.
"""
