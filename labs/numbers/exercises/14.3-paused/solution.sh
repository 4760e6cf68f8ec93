cd ~/ch14/exercises
docker stack config -c numbers/docker-compose.yml -c numbers/prod.yml -c numbers/prod-healthcheck.yml \
  -c numbers/v5-bad.yml > stack.yml
docker stack deploy -c stack.yml numbers
until docker service inspect --format '{{.UpdateStatus.State}}' numbers_numbers-api | grep -q paused; do sleep 1; done
docker service ps --no-trunc numbers_numbers-api
running=$(docker service ps --filter desired-state=running --format '{{.Image}} {{.CurrentState}}' numbers_numbers-api)
answer still-on-v3 "$(echo "$running" | grep -c '^numbers-api:v3 Running')"
answer cause unhealthy
# An answer is compared with the swarm as it is when it arrives: leave it a moment before the state goes.
sleep 3
docker service rollback --detach numbers_numbers-api
