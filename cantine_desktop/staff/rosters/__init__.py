"""The week of the team: who comes when, what was published, what changed since, who is away."""
