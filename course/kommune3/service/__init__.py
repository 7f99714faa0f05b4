"""The web app: pages, attempts and HR's list, with who may do what in one table."""
