cd ~/ch14/exercises
docker stack deploy -c stack.yml numbers
docker stack deploy -c stack.yml numbers
sleep 1
docker service rollback --detach numbers_numbers-api
until docker service inspect --format '{{.UpdateStatus.State}}' numbers_numbers-api | grep -q rollback_completed; do sleep 1; done
