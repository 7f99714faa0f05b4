"""What the routes work with: the course, the register and the site, and who is asking."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, Request

from kommune3 import register
from kommune3.content import Course
from kommune3.i18n import gettext as _
from kommune3.register import people, progress
from kommune3.site import Me, Site

from .identity import Identity
from .labs import Labs
from .previews import Previews
from .problems import Refused
from .recorder import Recorder
from .settings import Settings

ACCOUNT = "X-Kommune3-Account"
"""Whose page makes the request, as its widgets say it; per cent encoded."""


@dataclass(frozen=True)
class Services:
    """The parts of one running service."""

    settings: Settings
    course: Course
    register: register.Register
    site: Site
    previews: Previews
    recorder: Recorder
    labs: Labs | None = None
    """JupyterLab for the person at the machine, in local mode."""

    def person(self, identity: Identity) -> people.Person:
        """The register's entry for who asks. Raises Refused where there is none."""
        person = people.get(self.register, identity.person_id)
        if person is None:
            detail = _("You are not on the staff list. Ask the one who runs the course to add you.")
            raise Refused(403, detail, kind="unknown-person")
        return person

    def keeps_private(self, person: people.Person) -> bool:
        """Whether the person's role keeps reflections to themselves unless they share one."""
        return not person.role or person.role in self.course.info.private_roles

    def visitor(self, identity: Identity) -> Me:
        """Who asks, for pages that show nobody's progress."""
        person = self.person(identity)
        return Me(person.id, person.name, identity.roles, person.role or None, work_field=person.work_field)

    def me(self, identity: Identity) -> Me:
        """Who asks, as pages show it: name, roles and progress."""
        found = self.visitor(identity)
        return replace(found, progress=progress.of_person(self.register, self.course, found.id))


async def services(request: Request) -> Services:
    """The parts of the service that takes this request."""
    found: Services = request.app.state.services
    return found


async def identity(request: Request) -> Identity:
    """Who makes the request; the guard has let nobody else through.

    Raises Refused where the page that asks was made for somebody else: a text that is sent as an old page
    closes must not become the newcomer's.
    """
    found: Identity = request.state.identity
    page = request.headers.get(ACCOUNT)
    if page is not None and page != quote(found.person_id, safe="-_.!~*'()"):
        detail = _("Somebody else has signed in in this browser since. Load the page again.")
        raise Refused(401, detail, kind="another-account")
    return found


Parts = Annotated[Services, Depends(services)]
Who = Annotated[Identity, Depends(identity)]
