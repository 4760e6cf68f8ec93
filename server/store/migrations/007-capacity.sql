-- Why a lab was paused or closed, where that was not its learner's doing, and until when an instructor keeps it.
ALTER TABLE lab_session ADD COLUMN why_json TEXT;
ALTER TABLE lab_session ADD COLUMN keep_until_ms INTEGER;

-- Labs to be booted ahead of a class.
CREATE TABLE warm_plan (
  id TEXT PRIMARY KEY,
  scope TEXT NOT NULL,
  lab_id TEXT NOT NULL,
  count INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  until_ms INTEGER NOT NULL,
  asked_by TEXT NOT NULL
) STRICT;

-- One action for many labs, with what came of each: a restart goes on with it, and the last ones can be read.
CREATE TABLE care_round (
  scope TEXT NOT NULL,
  id TEXT NOT NULL,
  asked_at_ms INTEGER NOT NULL,
  round_json TEXT NOT NULL,
  PRIMARY KEY (scope, id)
) STRICT;
