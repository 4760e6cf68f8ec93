-- What was done and what was refused: never a token, an answer or what a terminal shows. Equal refusals within a
-- minute share a row. `actor` and `target` are ids without reference: they outlive what they name.
CREATE TABLE audit_event (
  id INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  last_at_ms INTEGER NOT NULL,
  times INTEGER NOT NULL,
  event TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('done', 'refused', 'failed')),
  actor TEXT,
  target TEXT,
  address TEXT,
  detail TEXT
) STRICT;
CREATE INDEX audit_event_by_time ON audit_event (at_ms);
CREATE INDEX audit_event_by_actor ON audit_event (actor, at_ms);
