-- Who is in charge of which case: few events among all, read as a whole when an officer's cases are asked for or handed over.
CREATE INDEX events_handlings ON {schema}.events (event_no)
    WHERE topic IN ('handling.opened', 'handling.officer-assigned', 'handling.case-handed-over', 'handling.organ-succeeded');
