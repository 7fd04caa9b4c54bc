"""The questions asked of the warehouse, grouped by what a person wants to know; `Repository` holds them all."""
