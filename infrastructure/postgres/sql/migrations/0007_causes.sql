-- Events on which cases of other files follow: few among all, looked through by every sweep.
CREATE INDEX events_causes ON {schema}.events (event_no) WHERE topic IN ('inspection.started', 'meeting.held');
