# SPDX-License-Identifier: Apache-2.0
"""Playbooks: the work method of a place as data, one readable file per place, with its schema and loader."""
