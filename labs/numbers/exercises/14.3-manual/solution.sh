cd ~/ch14/exercises
docker service rollback numbers_numbers-api
