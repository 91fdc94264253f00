"""The pages of volunteering: what residents find and claim, and the community's lists at the desk."""
