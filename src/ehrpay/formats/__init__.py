"""Results to text: JSON, CSV, plain, Markdown and tables. Strings out; nobody prints here."""
