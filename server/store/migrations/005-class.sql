-- Who leads cohorts. `passphrase_hash` holds the parameters beside salt and hash; `name_key` is what signing in compares.
CREATE TABLE instructor (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE,
  passphrase_hash TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE cohort (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  -- Instructors see it again and again, so it is kept as it is. Knowing one opens a seat while joining is open.
  join_code TEXT NOT NULL UNIQUE,
  joining_paused INTEGER NOT NULL DEFAULT 0 CHECK (joining_paused IN (0, 1)),
  opens_at_ms INTEGER,
  closes_at_ms INTEGER,
  seats INTEGER NOT NULL,
  policies_json TEXT NOT NULL DEFAULT '{}',
  created_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE cohort_instructor (
  cohort_id TEXT NOT NULL REFERENCES cohort (id) ON DELETE CASCADE,
  instructor_id TEXT NOT NULL REFERENCES instructor (id) ON DELETE CASCADE,
  since_ms INTEGER NOT NULL,
  PRIMARY KEY (cohort_id, instructor_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX cohort_instructor_by_instructor ON cohort_instructor (instructor_id);

-- One-time links: only hashes, as with every token.
CREATE TABLE instructor_link (
  token_hash TEXT PRIMARY KEY,
  purpose TEXT NOT NULL CHECK (purpose IN ('setup', 'invite', 'reset')),
  -- Whose passphrase is reset.
  instructor_id TEXT REFERENCES instructor (id) ON DELETE CASCADE,
  -- What one is invited to, and by whom.
  cohort_id TEXT REFERENCES cohort (id) ON DELETE CASCADE,
  invited_by TEXT REFERENCES instructor (id) ON DELETE CASCADE,
  expires_at_ms INTEGER NOT NULL
) STRICT;

-- A learner belongs to one cohort. Whoever is removed or merged keeps a row: a return code of the latter still leads
-- to the learner that is kept, one of the former nowhere.
CREATE TABLE enrolment (
  learner_id TEXT PRIMARY KEY REFERENCES learner (id) ON DELETE CASCADE,
  cohort_id TEXT NOT NULL REFERENCES cohort (id) ON DELETE CASCADE,
  name_key TEXT NOT NULL,
  return_code_hash TEXT NOT NULL UNIQUE,
  -- When the seat was made; `joined_at_ms` is empty until somebody takes it.
  created_at_ms INTEGER NOT NULL,
  joined_at_ms INTEGER,
  removed_at_ms INTEGER,
  merged_into TEXT REFERENCES learner (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX enrolment_by_cohort ON enrolment (cohort_id, removed_at_ms);
CREATE UNIQUE INDEX enrolment_name ON enrolment (cohort_id, name_key) WHERE removed_at_ms IS NULL;

-- A login session is a learner's or an instructor's.
CREATE TABLE login_session_of_either (
  token_hash TEXT PRIMARY KEY,
  learner_id TEXT REFERENCES learner (id) ON DELETE CASCADE,
  instructor_id TEXT REFERENCES instructor (id) ON DELETE CASCADE,
  created_at_ms INTEGER NOT NULL,
  last_seen_at_ms INTEGER NOT NULL,
  CHECK ((learner_id IS NULL) <> (instructor_id IS NULL))
) STRICT;
INSERT INTO login_session_of_either (token_hash, learner_id, created_at_ms, last_seen_at_ms)
  SELECT token_hash, learner_id, created_at_ms, last_seen_at_ms FROM login_session;
DROP TABLE login_session;
ALTER TABLE login_session_of_either RENAME TO login_session;
CREATE INDEX login_session_by_learner ON login_session (learner_id);
CREATE INDEX login_session_by_instructor ON login_session (instructor_id);
