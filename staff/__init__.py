"""Who may come in: sign-in, the second factor, how long a session lasts, and the audit log."""
