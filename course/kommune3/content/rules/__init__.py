"""Every repository rule: each takes the loaded course and returns problems, none when all is well."""
