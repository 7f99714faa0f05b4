"""Local mode: one person at one machine, signed in without a password, with sample people to look at."""

from __future__ import annotations

from dataclasses import replace

from fastapi import FastAPI

from kommune3.register import people, samples

from .app import build, open_services
from .identity import the_person_at_the_machine
from .labs import Labs
from .services import Services
from .settings import Settings


def local_app(settings: Settings, *, lab: bool = True) -> FastAPI:
    """The app for the person at the machine; with ``lab`` it opens JupyterLab too, where that is installed.

    Raises ContentError, RegisterError.
    """
    services = open_services(settings)
    labs = Labs(settings)
    if lab and labs.available:
        services = replace(services, labs=labs)
        services.site.jupyter = True
    settle_in(services)
    return build(services, the_person_at_the_machine, no_login=True)


def settle_in(services: Services) -> None:
    """On the first start add the local person, and sample people so that HR's page can be looked at."""
    first = people.count(services.register) == 0
    local = people.ensure_local(services.register)
    if first:
        samples.add(services.register, services.course, by=local.id)
