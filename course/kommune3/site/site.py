"""The pages of the course. Each method returns a whole HTML page; unknown ids are a KeyError."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from ..content import ContentError, Course, Notebook
from . import body, materials, theme, view
from .assets import Assets
from .cache import Cache, key
from .errors import explanation
from .hr import hr_context, link_to
from .material_pages import MaterialPages
from .render import environment
from .trainer_pages import TrainerPages
from .view import Me, Opening

if TYPE_CHECKING:
    from ..register.certificates import Certificate
    from ..register.people import Person
    from ..register.progress import ModuleProgress
    from ..register.roster import Preview
    from ..report import Listing, Query


class Site(TrainerPages, MaterialPages):
    """``base`` is the path prefix without a trailing slash; ``cache`` a folder for built pages; ``jupyter``
    whether JupyterLab can be opened from here."""

    def __init__(
        self, course: Course, *, base: str = "", cache: Path | None = None, jupyter: bool = False
    ) -> None:
        self.course, self.base, self.jupyter = course, base, jupyter
        self.assets = Assets(base, theme.css(course.municipality.colour or theme.DEFAULT))
        self._cache = Cache(cache)
        self._keys: dict[str, str] = {}
        self._templates = environment()

    @property
    def logo(self) -> Path | None:
        """The municipality's logo; one that leads out of its folder is for ``check`` to tell of."""
        try:
            return self.course.logo
        except ContentError:
            return None

    def home(self, me: Me) -> str:
        """Choose a role in one click; what you have done; what is next."""
        known = me.role in {role.id for role in self.course.roles}
        path = view.path(self.course, me.role, me) if known and me.role else None
        return self._page("home.html", me, path=path)

    def role(self, me: Me, role_id: str) -> str:
        """The role's path: modules with minutes and status."""
        path, own = view.path(self.course, role_id, me), view.chosen_field(self.course, role_id, me)
        return self._page("role.html", me, role=self.course.role(role_id), path=path, own_field=own)

    def start(self, me: Me, role_id: str) -> str:
        """The role's way in, from its start notebook; the role's path where it has none."""
        role = self.course.role(role_id)
        if role.start is None:
            return self.role(me, role_id)
        path, own = view.path(self.course, role_id, me), view.chosen_field(self.course, role_id, me)
        notebook = self.course.notebook(role.start)
        inside = self._article(notebook, self._body(notebook))
        return self._page("start.html", me, role=role, path=path, own_field=own, **inside)

    def module(self, me: Me, module_id: str, role_id: str | None = None) -> str:
        """The module: its notebook as one column, its exercises, what is next."""
        module, notebook = self.course.module(module_id), self.course.notebook(module_id)
        role = view.role_for(self.course, me, module_id, role_id)
        path = view.path(self.course, role, me) if role else None
        own = view.path_of_modules((module,), me.progress, self.course.version).steps[0]
        on_path = path.find(module_id) if path else None
        return self._page(
            "module.html",
            me,
            module=module,
            step=on_path or own,
            on_path=on_path is not None,
            path=path,
            following=path.after(module_id) if path else None,
            papers=materials.of_module(self.course, module_id) if me.trains else (),
            exercises=[self.course.activities[name] for name in module.required],
            **self._article(notebook, self._body(notebook), fresh=own.status == "not_started"),
        )

    def certificate(self, me: Me, found: Certificate) -> str:
        """What the certificate says, for the one whose it is."""
        return self._page("certificate.html", me, found=found, titles=self._roles())

    def certificates(self, me: Me, found: Sequence[Certificate]) -> str:
        """All certificates of who looks."""
        return self._page("certificates.html", me, found=found, titles=self._roles())

    def certificate_search(
        self, me: Me, asked: str, found: Certificate | None, *, mistaken: bool = False
    ) -> str:
        """HR's look at a number: whose certificate it is, or none. ``mistaken``: it was a CPR number."""
        told = {"asked": asked, "found": found, "mistaken": mistaken}
        return self._page("hr_certificate.html", me, titles=self._roles(), **told)

    def _roles(self) -> dict[str, str]:
        return {role.id: role.title for role in self.course.roles}

    def waiting(self, me: Me, told: Opening, *, back: str, here: str) -> str:
        """JupyterLab is being installed or started, or could not be; the page asks again by itself."""
        return self._page("waiting.html", me, told=told, back=back, here=here)

    def local(self, me: Me) -> str:
        """What the municipality tells of itself: its decision, contact, films and examples."""
        return self._page("local.html", me, local=self.course.local)

    def about(self, me: Me | None = None) -> str:
        """What is stored and who sees it, accessibility, licences."""
        seen = self.course.info.hr_sees_roles
        hidden = [role.title for role in self.course.roles if role.id not in seen]
        own = [role.title for role in self.course.roles if role.id in self.course.info.private_roles]
        return self._page("about.html", me, hidden_roles=hidden, private_roles=own)

    def hr(self, me: Me, listing: Listing, query: Query, *, samples: bool = False, notice: str = "") -> str:
        """HR's list: one line per person, totals, filters."""
        return self._page(
            "hr.html",
            me,
            samples=samples,
            notice=notice,
            link=link_to(self.base, query),
            **hr_context(self.course, listing, query),
        )

    def hr_person(self, me: Me, person: Person, modules: Sequence[ModuleProgress]) -> str:
        """One person's modules with status, date, version and evidence."""
        titles = {module.id: module.title for module in self.course.modules}
        return self._page(
            "hr_person.html", me, person=person, modules=modules, titles=titles, roles=self._roles()
        )

    def roster(
        self,
        me: Me,
        *,
        preview: Preview | None = None,
        problems: Iterable[object] = (),
        token: str = "",
        notice: str = "",
    ) -> str:
        """The roster: choose a file, see what it would change or what is wrong with it, confirm."""
        fields = {field.id: field.title for role in self.course.roles for field in role.fields}
        return self._page(
            "roster.html",
            me,
            preview=preview,
            problems=[str(problem) for problem in problems],
            token=token,
            notice=notice,
            shown=SHOWN,
            titles={"role": self._roles(), "work_field": fields},
            fields=dict.fromkeys(fields.values()),
        )

    def error(self, status: int, detail: str = "", me: Me | None = None) -> str:
        """What happened and what to do, in plain words."""
        title, advice = explanation(status)
        return self._page("error.html", me, status=status, title=title, advice=advice, detail=detail)

    def _body(self, notebook: Notebook) -> body.Body:
        if notebook.path not in self._keys:
            self._keys[notebook.path] = key(self.course, notebook, self.base)
        name = self._keys[notebook.path]
        return self._cache.body(
            name, lambda: body.build(self.course, notebook, self.base, without_title=True)
        )

    def _article(self, notebook: Notebook, inside: body.Body, *, fresh: bool = False) -> dict[str, Any]:
        """``fresh``: who looks has not begun, so a first scene may be drawn before any script."""
        sources = [self.course.sources[name] for name in inside.cited]
        played = fresh and any(inside.first_scene)
        # Escaped where it was built: Markdown without HTML, and widgets' own fallbacks.
        article = Markup(inside.played() if played else inside.html)  # noqa: S704
        return {
            "article": article,
            "article_lang": self._lang(self.course.language_of(notebook.file)),
            "references": sources,
            "kinds": inside.kinds,
            "first_scene": played,
        }

    def _lang(self, language: str) -> Markup:
        """What marks a text in another language than the page's."""
        return Markup() if language == self.course.info.language else Markup(' lang="{}"').format(language)

    def _text_lang(self, table: str, row_id: str, key: str) -> Markup:
        """What marks the language of what ``course.toml`` says of a module, a role or a material."""
        return self._lang(self.course.language_of_text(table, row_id, key))

    def _titled(self, table: str, row_id: str, title: str) -> Markup | str:
        """The title of a module, a role or a material within a line of the page's own language."""
        lang = self._text_lang(table, row_id, "title")
        return Markup("<span{}>{}</span>").format(lang, title) if lang else title

    def _page(self, template: str, me: Me | None, **context: Any) -> str:
        return self._templates.get_template(template).render(
            course=self.course,
            text_lang=self._text_lang,
            titled=self._titled,
            exercise_lang=lambda activity: self._lang(self.course.language_of_activity(activity)),
            base=self.base,
            asset=self.assets.url,
            stamp=self.assets.stamp,
            logo=self.logo,
            jupyter=self.jupyter,
            me=me,
            **context,
        )


SHOWN = 50
"""How many changes of each kind a roster's preview spells out."""
