"""The pages of ballots: what waits for one's vote, the paper, the result, and the ballots at the desk."""
