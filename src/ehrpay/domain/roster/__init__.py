"""What a whole roster is paid, counted row by row; parts counted apart can be added up."""
