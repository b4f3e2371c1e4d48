"""Editing with a reason, a history and no lost save: what the admin pages of every record share."""
