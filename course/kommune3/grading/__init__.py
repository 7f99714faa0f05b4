"""nbgrader: reading what learners hand in, and writing the gradebooks that trainers mark in."""
