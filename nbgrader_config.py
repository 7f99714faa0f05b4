"""What nbgrader's own commands need in this folder: ``nbgrader generate_assignment employee --force``.

``kommune3 release`` does the same for every assignment. Grading has a course directory of its own for each
cohort (docs/trainers.md).
"""

from kommune3.grading.release import configure

configure(get_config())  # noqa: F821  given by nbgrader
