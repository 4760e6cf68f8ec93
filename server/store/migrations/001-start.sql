CREATE TABLE learner (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL
) STRICT;

-- Only hashes: reading the database does not sign anybody in.
CREATE TABLE launch_token (
  token_hash TEXT PRIMARY KEY,
  learner_id TEXT NOT NULL REFERENCES learner (id),
  expires_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE login_session (
  token_hash TEXT PRIMARY KEY,
  learner_id TEXT NOT NULL REFERENCES learner (id),
  created_at_ms INTEGER NOT NULL,
  last_seen_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE lab_session (
  id TEXT PRIMARY KEY,
  learner_id TEXT NOT NULL REFERENCES learner (id),
  lab_id TEXT NOT NULL,
  environment_id TEXT,
  generation INTEGER NOT NULL,
  state TEXT NOT NULL,
  active_exercise_id TEXT,
  created_at_ms INTEGER NOT NULL,
  changed_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX lab_session_by_learner ON lab_session (learner_id, created_at_ms DESC);

-- The moment an exercise was entered in one generation of a lab: history after it is what counts.
CREATE TABLE exercise_start (
  lab_session_id TEXT NOT NULL REFERENCES lab_session (id) ON DELETE CASCADE,
  generation INTEGER NOT NULL,
  exercise_id TEXT NOT NULL,
  start_json TEXT NOT NULL,
  answers_json TEXT NOT NULL DEFAULT '{}',
  PRIMARY KEY (lab_session_id, generation, exercise_id)
) STRICT;

CREATE TABLE history_entry (
  lab_session_id TEXT NOT NULL REFERENCES lab_session (id) ON DELETE CASCADE,
  generation INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  entry_json TEXT NOT NULL,
  PRIMARY KEY (lab_session_id, generation, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE attempt (
  id INTEGER PRIMARY KEY,
  learner_id TEXT NOT NULL REFERENCES learner (id),
  exercise_id TEXT NOT NULL,
  exercise_revision INTEGER NOT NULL,
  lab_session_id TEXT NOT NULL,
  trigger TEXT NOT NULL CHECK (trigger IN ('button', 'answer', 'automatic')),
  passed INTEGER NOT NULL CHECK (passed IN (0, 1)),
  verdict_json TEXT NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX attempt_by_learner ON attempt (learner_id, exercise_id, at_ms DESC);

CREATE TABLE help_shown (
  learner_id TEXT NOT NULL REFERENCES learner (id),
  exercise_id TEXT NOT NULL,
  hints INTEGER NOT NULL DEFAULT 0,
  solution_at_ms INTEGER,
  PRIMARY KEY (learner_id, exercise_id)
) STRICT;
