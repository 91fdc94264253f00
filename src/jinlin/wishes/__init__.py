"""The wish wall: small wishes of residents that neighbours claim and fulfil, and the lasting help that may follow."""
