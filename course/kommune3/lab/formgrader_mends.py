"""What is mended in nbgrader's templates, so that everybody can use its pages.

A list is a list, a page has its landmarks, and what can be clicked can be reached by keyboard. Each mend is a
piece of nbgrader's own text and what stands there instead; a test looks for each piece in nbgrader's files.
``templates/base.tpl`` is ours altogether; static/ has what its scripts draw later.
"""

from __future__ import annotations

from pathlib import Path

from kommune3.i18n import N_

TEMPLATES = Path(__file__).with_name("templates")
WORDS = (
    N_("You are here"),
    N_("To the cohort's page in the course"),
    N_("From one submission to the next"),
    N_("Show student name"),
    N_("Hide student name"),
    N_("Points"),
    N_("The form, checked by the course"),
    N_("Keyboard shortcuts"),
)
"""What the mends and our own template say."""
EYE = '<span class="glyphicon glyphicon-eye-{} name-{}" aria-hidden="true" onclick'
BUTTON = (
    '<span class="glyphicon glyphicon-eye-{} name-{}" role="button" tabindex="0" '
    'aria-label="{{{{ _("{}") }}}}" onclick'
)
LABEL, HEADING = '<span class="nbgrader-label">{}</span>', '<h3 class="nbgrader-label">{}</h3>'
MENDS = (
    (' role="presentation"', ""),
    ('class="active"><a ', 'class="active"><a aria-current="page" '),
    ("<th></th>", '<th class="no-sort"><span class="sr-only">{{ _("Show student name") }}</span></th>'),
    (
        '<meta charset="utf-8" />',
        '<meta charset="utf-8" /><meta name="viewport" content="width=device-width, initial-scale=1" />',
    ),
    (
        'navbar-fixed-top" role="navigation">',
        'navbar-fixed-top" aria-label="{{ _("From one submission to the next") }}">',
    ),
    (
        '<ul class="nav text-center">\n          <ul class="breadcrumb">',
        '<div class="nav text-center">\n          <ul class="breadcrumb">',
    ),
    ("</ul>\n        </ul>", "</ul>\n        </div>"),
    (
        '<li><a href="{{ resources.base_url }}/formgrader/gradebook">',
        '{% if resources.course_page %}<li><a data-leave href="{{ resources.course_page }}">'
        '{{ _("To the cohort\'s page in the course") }}</a></li>{% endif %}'
        '<li><a href="{{ resources.base_url }}/formgrader/gradebook">',
    ),
    (EYE.format("open", "hidden"), BUTTON.format("open", "hidden", "Show student name")),
    (EYE.format("close", "shown"), BUTTON.format("close", "shown", "Hide student name")),
    (
        '{{ nav(resources) }}\n  <div class="container">',
        '{{ nav(resources) }}\n  <main><div class="container">',
    ),
    (
        '<div class="help"><span class="glyphicon glyphicon-question-sign"></span></div>',
        '</main><button type="button" class="help" aria-label="{{ _("Keyboard shortcuts") }}">'
        '<span class="glyphicon glyphicon-question-sign" aria-hidden="true"></span></button>',
    ),
    ('<div id="statusmessage">', '<div id="statusmessage" role="status">'),
    ('<h4 class="panel-title">\n          <span>', '<h1 class="panel-title">\n          <span>'),
    ("</span>\n        </h4>", "</span>\n        </h1>"),
    (
        'scoring-buttons" role="group"',
        'scoring-buttons" role="group" aria-label="{{ _("Points") }}"',
    ),
    *((LABEL.format(each), HEADING.format(each)) for each in ("Student's task", "Student's answer")),
    (
        LABEL.format("<code>{{ cell.metadata.nbgrader.grade_id }}</code>"),
        HEADING.format('{{ _("The form, checked by the course") }}'),
    ),
    (
        "{% block footer %}\n</html>",
        # nbconvert would put a second body, and the ids of this one, into it
        "{% block body_header %}{% endblock %}{% block body_footer %}{% endblock %}"
        "{% block footer %}\n</html>",
    ),
)
"""Pieces of nbgrader's templates, each with what stands there instead."""


def mended(source: str) -> str:
    """A template of nbgrader's with all that is mended in it."""
    for piece, instead in MENDS:
        source = source.replace(piece, instead)
    return source
