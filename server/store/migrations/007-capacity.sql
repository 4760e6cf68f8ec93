-- Why a lab was paused or closed, where that was not its learner's doing, and until when an instructor keeps it.
ALTER TABLE lab_session ADD COLUMN why_json TEXT;
ALTER TABLE lab_session ADD COLUMN keep_until_ms INTEGER;
