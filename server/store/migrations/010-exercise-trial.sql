-- How a learner gets on with the exercise at hand: when work on it began, when it last went forward, how much work since.
CREATE TABLE exercise_trial (
  lab_session_id TEXT PRIMARY KEY REFERENCES lab_session (id) ON DELETE CASCADE,
  trial_json TEXT NOT NULL
) STRICT;
