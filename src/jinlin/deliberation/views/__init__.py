"""The pages of proposals: what is talked over here, bringing something forward, and the proposals at the desk."""
