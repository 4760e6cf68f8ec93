docker service rollback --detach numbers_numbers-api
