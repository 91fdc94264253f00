"""The library of the components: `{% load jinlin %}` gives a page all of them."""

from django import template

from jinlin.web.components import blocks, fields, marks, shell

register = template.Library()

for _one in (marks, fields, blocks, shell):
    register.tags |= _one.register.tags
    register.filters |= _one.register.filters
