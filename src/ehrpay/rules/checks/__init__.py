"""The meaning of rule files: ids, tables, dates."""
