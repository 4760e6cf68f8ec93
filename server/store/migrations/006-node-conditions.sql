-- What the learner's switches have done to nodes, by name. Before, a list of the nodes whose power was cut.
ALTER TABLE lab_session RENAME COLUMN powered_off_json TO node_conditions_json;
UPDATE lab_session SET node_conditions_json =
  (SELECT json_group_object(value, 'off') FROM json_each(node_conditions_json));
