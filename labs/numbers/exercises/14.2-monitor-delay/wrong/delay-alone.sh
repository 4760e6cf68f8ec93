cd ~/ch14/exercises
docker stack config -c numbers/docker-compose.yml -c numbers/prod.yml -c numbers/prod-healthcheck.yml -c numbers/prod-update-config.yml -c numbers/v2.yml -c numbers/slow-delay.yml > stack.yml
sed -i 's/numbers-api:v3/numbers-api:v2/' stack.yml
docker stack deploy -c stack.yml numbers
until [ "$(docker service ps --filter desired-state=running --format '{{.Image}} {{.CurrentState}}' numbers_numbers-api | grep -c '^numbers-api:v2 Running')" = 6 ]; do sleep 1; done
# The delay begins only when the first batch runs.
answer delay-gap 10
