"""How far chance alone can move a figure. No Django here.

``persons``  one pass over the facts: sums over *persons*, for every published scope at once
``ratio``    the variance of a ratio of hours, clustered by person; limits and intervals from it
``season``   what each calendar month usually is to the year
``control``  control charts of de-seasonalised months, with their rules for signals

``docs/rules/chance.md`` tells the rules with worked numbers.
"""
