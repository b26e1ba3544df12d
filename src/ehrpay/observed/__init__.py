"""Files of observed pay, read for a backtest."""
