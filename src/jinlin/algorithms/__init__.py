"""What the platform computes: pure functions and small value objects that know neither Django nor a database."""
# SPDX-License-Identifier: Apache-2.0
