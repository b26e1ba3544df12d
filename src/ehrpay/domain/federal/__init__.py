"""The General Schedule: its tables, its qualification ladder, its promotions and increases."""
