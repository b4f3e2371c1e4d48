"""Reading the record: profiles, timelines, matrices, networks."""
