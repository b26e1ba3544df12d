"""One profile priced and explained."""
