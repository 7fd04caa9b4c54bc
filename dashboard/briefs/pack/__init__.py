"""A brief as a data pack: tables, boundaries, licence and citation in one zip."""
