"""Time limits as data (时限): rules, calendars, clocks, and the explanation of a date."""
