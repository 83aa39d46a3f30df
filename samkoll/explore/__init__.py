"""Pages of statistics: catalogue of metrics, exploring, chance, forecasts, comparisons, sheets."""
