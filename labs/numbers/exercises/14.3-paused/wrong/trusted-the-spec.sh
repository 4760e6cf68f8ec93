cd ~/ch14/exercises
docker stack config -c numbers/docker-compose.yml -c numbers/prod.yml -c numbers/prod-healthcheck.yml \
  -c numbers/v5-bad.yml > stack.yml
docker stack deploy -c stack.yml numbers
until docker service inspect --format '{{.UpdateStatus.State}}' numbers_numbers-api | grep -q paused; do sleep 1; done
# The spec says v5 for all six.
answer still-on-v3 0
