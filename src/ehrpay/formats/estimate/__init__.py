"""An estimate as text."""
