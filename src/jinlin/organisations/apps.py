"""Registers the organisations app and makes appointments the source of grants and of the names of posts."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "jinlin.organisations"
    label = "organisations"

    def ready(self) -> None:
        import jinlin.organisations.actions.recut
        import jinlin.organisations.contacts
        import jinlin.organisations.own_data
        import jinlin.organisations.recurring  # noqa: F401 - importing registers who is on duty, and what recurs
        from jinlin.organisations.queries import asked_among, grants_of, terms_of
        from jinlin.people.posts import provide_asked, provide_terms
        from jinlin.platform.access import provide_grants
        from jinlin.platform.dates import today

        provide_grants(lambda person_id: grants_of(person_id, today()))
        provide_terms(terms_of)
        provide_asked(asked_among)
