{#- In place of nbgrader's own base.tpl: the same blocks for its pages, with landmarks, one heading and a title. -#}
<!doctype html>
<html>
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>{{ self.title() | trim }} – {{ cohort }} – Formgrader</title>
  {%- set modules = base_url ~ "/formgrader/static/node_modules" %}
  <link rel="stylesheet" href="{{ modules }}/bootstrap/dist/css/bootstrap.min.css">
  <link rel="stylesheet" href="{{ modules }}/datatables.net-bs/css/dataTables.bootstrap.css">
  <link rel="stylesheet" href="{{ base_url }}/formgrader/static/css/nbgrader.css">
  <script src="{{ modules }}/jquery/dist/jquery.min.js"></script>
  <script src="{{ modules }}/underscore/underscore-min.js"></script>
  <script src="{{ modules }}/backbone/backbone-min.js"></script>
  <script src="{{ modules }}/bootstrap/dist/js/bootstrap.min.js"></script>
  <script src="{{ modules }}/datatables.net/js/jquery.dataTables.js"></script>
  <script src="{{ modules }}/datatables.net-bs/js/dataTables.bootstrap.js"></script>
  <script src="{{ base_url }}/formgrader/static/js/backbone_xsrf.js"></script>
  <script src="{{ base_url }}/formgrader/static/js/utils.js"></script>
  <script>var base_url = "{{ base_url }}";</script>
  {%- block head -%}{%- endblock -%}
</head>
<body>
  <div class="k3-page">
    <header>
      <p class="k3-cohort">{{ cohort }}</p>
      {%- if course_page %}
      <p><a data-leave href="{{ course_page }}">{{ _("To the cohort's page in the course") }}</a></p>
      {%- endif %}
      <nav aria-label="Formgrader">
        <ul class="nav nav-pills nav-stacked">{%- block sidebar -%}{%- endblock -%}</ul>
      </nav>
    </header>
    <main>
      <h1>{%- block title -%}Formgrader{%- endblock -%}</h1>
      {%- block body -%}
      <nav aria-label="{{ _("You are here") }}">{%- block breadcrumbs -%}{%- endblock -%}</nav>
      {%- block messages -%}{%- endblock -%}
      <table class="table table-hover">
        <thead>{%- block table_header -%}{%- endblock -%}</thead>
        <tbody id="main-table">{%- block table_body -%}{%- endblock -%}</tbody>
        <tfoot>{%- block table_footer -%}{%- endblock -%}</tfoot>
      </table>
      {%- endblock -%}
    </main>
  </div>
  {%- block script -%}{%- endblock -%}
</body>
</html>
