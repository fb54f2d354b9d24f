"""A date in a request: whole or partial, and of the calendar."""

_YEAR = "[0-9]{4}"
_LEAP = "([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)"
_DAY = "(0[1-9]|1[0-9]|2[0-8])"  # a day of every month
_LATE = "((0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)"
# No day but those of the calendar, so that the description refuses what the service does.
PARTIAL_DATE = f"^({_YEAR}(-(0[1-9]|1[0-2])(-{_DAY})?)?|{_YEAR}-{_LATE}|{_LEAP}-02-29)$"
NO_DATE = "a date of the calendar is wanted, as 2024, 2024-05 or 2024-05-06"
