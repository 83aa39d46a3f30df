"""Forecasts of sick leave, month by month and for twelve months at year end. No Django here.

``series``     which months a forecast may learn from
``models``     the models, with ``statsforecast`` (the extra ``forecast``), only ever in a worker
``backtest``   how well they would have done
``hours``      parts that add up in hours, and the twelve months at year end

``docs/rules/forecast.md`` tells the rules with worked numbers.
"""
