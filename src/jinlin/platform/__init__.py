"""What every app stands on: access, audit, errors, states, numbers, files, messages, search, spreadsheets, tasks."""
