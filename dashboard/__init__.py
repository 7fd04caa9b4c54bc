"""What people see and do: the program that serves."""
