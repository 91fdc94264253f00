# SPDX-License-Identifier: Apache-2.0
"""Jinlin 近邻: the platform on which a Chinese neighbourhood governs itself."""

__version__ = "0.1.0"
