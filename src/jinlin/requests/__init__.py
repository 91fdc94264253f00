"""诉求: intake, triage, dispatch, clocks, answers, ratings, and their reports."""
