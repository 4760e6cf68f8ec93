-- The outgoing webhook of a class. The secret is kept as it is: every delivery is signed with it.
CREATE TABLE webhook (
  cohort_id TEXT PRIMARY KEY REFERENCES cohort (id) ON DELETE CASCADE,
  url TEXT NOT NULL,
  secret TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  failing_since_ms INTEGER,
  disabled_at_ms INTEGER,
  disabled_reason TEXT CHECK (disabled_reason IN ('gone', 'failing'))
) STRICT;

-- The outbox. What is sent is read when it is sent: names are not kept twice.
CREATE TABLE webhook_event (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE DEFAULT ('msg_' || lower(hex(randomblob(16)))),
  cohort_id TEXT NOT NULL REFERENCES webhook (cohort_id) ON DELETE CASCADE,
  type TEXT NOT NULL CHECK (type IN ('learner.joined', 'exercise.passed', 'webhook.test')),
  learner_id TEXT REFERENCES learner (id) ON DELETE CASCADE,
  exercise_id TEXT,
  exercise_revision INTEGER,
  at_ms INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  last_try_at_ms INTEGER,
  last_outcome TEXT CHECK (last_outcome IN ('answered', 'refused-address', 'unreachable', 'timeout')),
  last_status INTEGER,
  -- Empty: delivered, or given up.
  next_try_at_ms INTEGER
) STRICT;
CREATE INDEX webhook_event_due ON webhook_event (next_try_at_ms) WHERE next_try_at_ms IS NOT NULL;
CREATE INDEX webhook_event_by_cohort ON webhook_event (cohort_id, seq);
CREATE INDEX webhook_event_by_learner ON webhook_event (learner_id);

-- Triggers, so that an event is in the outbox exactly when its cause is in the database, whoever wrote that.
CREATE TRIGGER webhook_joined AFTER INSERT ON enrolment WHEN NEW.joined_at_ms IS NOT NULL BEGIN
  INSERT INTO webhook_event (cohort_id, type, learner_id, at_ms, next_try_at_ms)
    SELECT cohort_id, 'learner.joined', NEW.learner_id, NEW.joined_at_ms, NEW.joined_at_ms
    FROM webhook WHERE cohort_id = NEW.cohort_id AND disabled_at_ms IS NULL;
END;
CREATE TRIGGER webhook_seat_taken AFTER UPDATE OF joined_at_ms ON enrolment
WHEN OLD.joined_at_ms IS NULL AND NEW.joined_at_ms IS NOT NULL BEGIN
  INSERT INTO webhook_event (cohort_id, type, learner_id, at_ms, next_try_at_ms)
    SELECT cohort_id, 'learner.joined', NEW.learner_id, NEW.joined_at_ms, NEW.joined_at_ms
    FROM webhook WHERE cohort_id = NEW.cohort_id AND disabled_at_ms IS NULL;
END;
-- The first pass of an exercise only.
CREATE TRIGGER webhook_passed AFTER INSERT ON attempt
WHEN NEW.passed = 1 AND NOT EXISTS (
  SELECT 1 FROM attempt
  WHERE learner_id = NEW.learner_id AND exercise_id = NEW.exercise_id AND passed = 1 AND id <> NEW.id
) BEGIN
  INSERT INTO webhook_event (cohort_id, type, learner_id, exercise_id, exercise_revision, at_ms, next_try_at_ms)
    SELECT webhook.cohort_id, 'exercise.passed', NEW.learner_id, NEW.exercise_id, NEW.exercise_revision,
      NEW.at_ms, NEW.at_ms
    FROM enrolment JOIN webhook ON webhook.cohort_id = enrolment.cohort_id
    WHERE enrolment.learner_id = NEW.learner_id AND disabled_at_ms IS NULL;
END;
-- A thousand of a class at most: the oldest go.
CREATE TRIGGER webhook_bound AFTER INSERT ON webhook_event BEGIN
  DELETE FROM webhook_event WHERE seq IN (
    SELECT seq FROM webhook_event WHERE cohort_id = NEW.cohort_id ORDER BY seq DESC LIMIT -1 OFFSET 1000
  );
END;
