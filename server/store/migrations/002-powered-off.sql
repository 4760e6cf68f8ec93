-- Names of the nodes whose power the learner has cut: a restart of the server leaves them off.
ALTER TABLE lab_session ADD COLUMN powered_off_json TEXT NOT NULL DEFAULT '[]';
