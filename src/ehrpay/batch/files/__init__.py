"""Files of rows: read strictly, written safely."""
