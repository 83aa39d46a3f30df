"""Pages of statistics: the catalogue of metrics, exploring, chance, forecasts, comparisons, sheets."""
