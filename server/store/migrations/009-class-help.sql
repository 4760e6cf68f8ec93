-- Raised hands: open ones in the order of their rows, whatever the clock says, and the last ones that were answered.
CREATE TABLE raised_hand (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  learner_id TEXT NOT NULL REFERENCES learner (id) ON DELETE CASCADE,
  exercise_id TEXT,
  words TEXT NOT NULL,
  since_ms INTEGER NOT NULL,
  taken_by TEXT REFERENCES instructor (id) ON DELETE SET NULL,
  taken_at_ms INTEGER,
  answered_at_ms INTEGER,
  -- Empty where the learner lowered it.
  answered_by TEXT REFERENCES instructor (id) ON DELETE SET NULL
) STRICT;
CREATE UNIQUE INDEX raised_hand_open ON raised_hand (learner_id) WHERE answered_at_ms IS NULL;
CREATE INDEX raised_hand_by_learner ON raised_hand (learner_id);

CREATE TABLE class_message (
  id TEXT PRIMARY KEY,
  cohort_id TEXT NOT NULL REFERENCES cohort (id) ON DELETE CASCADE,
  by_name TEXT NOT NULL,
  text TEXT NOT NULL,
  to_all INTEGER NOT NULL CHECK (to_all IN (0, 1)),
  sent_at_ms INTEGER NOT NULL,
  until_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX class_message_by_cohort ON class_message (cohort_id, sent_at_ms);

-- Whom a message is for. One for all gets a row as somebody puts it away.
CREATE TABLE class_message_to (
  message_id TEXT NOT NULL REFERENCES class_message (id) ON DELETE CASCADE,
  learner_id TEXT NOT NULL REFERENCES learner (id) ON DELETE CASCADE,
  read_at_ms INTEGER,
  PRIMARY KEY (message_id, learner_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX class_message_to_learner ON class_message_to (learner_id);

-- What instructors have unlocked: hints up to this one, and the solution; for a cohort, and for single learners.
CREATE TABLE cohort_unlock (
  cohort_id TEXT NOT NULL REFERENCES cohort (id) ON DELETE CASCADE,
  exercise_id TEXT NOT NULL,
  hints INTEGER NOT NULL,
  solution INTEGER NOT NULL CHECK (solution IN (0, 1)),
  PRIMARY KEY (cohort_id, exercise_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE learner_unlock (
  learner_id TEXT NOT NULL REFERENCES learner (id) ON DELETE CASCADE,
  exercise_id TEXT NOT NULL,
  hints INTEGER NOT NULL,
  solution INTEGER NOT NULL CHECK (solution IN (0, 1)),
  PRIMARY KEY (learner_id, exercise_id)
) STRICT, WITHOUT ROWID;
