-- Rollouts that are over, kept beyond the reset of their lab so that a learner can compare them. `entry_json` is the
-- slice of the history that shows the rollout; `lab_session_id` is without reference: the rollout outlives its lab.
CREATE TABLE rollout (
  id INTEGER PRIMARY KEY,
  learner_id TEXT NOT NULL REFERENCES learner (id),
  lab_session_id TEXT NOT NULL,
  generation INTEGER NOT NULL,
  service_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  started_at_ms INTEGER NOT NULL,
  rollout_json TEXT NOT NULL,
  entries_json TEXT NOT NULL,
  UNIQUE (lab_session_id, generation, service_id, seq)
) STRICT;
CREATE INDEX rollout_by_learner ON rollout (learner_id, started_at_ms DESC);
