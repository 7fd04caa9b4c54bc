"""What people bring of their own: neighbourhoods, figures and recipes, from the register into the questions."""
