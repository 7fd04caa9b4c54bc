"""How the register's tables came to be, step by step; Alembic takes every database through them when it is opened."""
