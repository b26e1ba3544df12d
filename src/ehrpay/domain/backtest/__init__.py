"""Estimates measured against pay that people were offered or paid."""
