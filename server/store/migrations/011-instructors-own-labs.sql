-- As whom an instructor follows lessons: a learner in no class, made when it is first needed.
ALTER TABLE instructor ADD COLUMN own_learner_id TEXT REFERENCES learner (id) ON DELETE SET NULL;
