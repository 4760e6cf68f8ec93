-- Keys of instructors to the HTTP API: only hashes. Without a cohort, a key opens every one that its instructor leads.
CREATE TABLE api_token (
  id TEXT PRIMARY KEY,
  token_hash TEXT NOT NULL UNIQUE,
  instructor_id TEXT NOT NULL REFERENCES instructor (id) ON DELETE CASCADE,
  cohort_id TEXT REFERENCES cohort (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  scope TEXT NOT NULL CHECK (scope IN ('read', 'care')),
  created_at_ms INTEGER NOT NULL,
  expires_at_ms INTEGER NOT NULL,
  last_used_at_ms INTEGER
) STRICT;
CREATE INDEX api_token_by_instructor ON api_token (instructor_id);
