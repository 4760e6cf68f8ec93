cd ~/ch14/exercises
docker stack config -c numbers/docker-compose.yml -c numbers/prod.yml -c numbers/prod-healthcheck.yml -c numbers/prod-update-config.yml -c numbers/v3.yml -c numbers/slow-monitor.yml > stack.yml
docker stack deploy -c stack.yml numbers
until [ "$(docker service ps --filter desired-state=running --format '{{.Image}} {{.CurrentState}}' numbers_numbers-api | grep -c '^numbers-api:v2 Running')" = 6 ]; do sleep 1; done
docker stack config -c numbers/docker-compose.yml -c numbers/prod.yml -c numbers/prod-healthcheck.yml -c numbers/prod-update-config.yml -c numbers/v3.yml -c numbers/slow-delay.yml > stack.yml
docker stack deploy -c stack.yml numbers
until [ "$(docker service ps --filter desired-state=running --format '{{.Image}} {{.CurrentState}}' numbers_numbers-api | grep -c '^numbers-api:v3 Running')" = 6 ]; do sleep 1; done
docker stack config -c numbers/docker-compose.yml -c numbers/prod.yml -c numbers/prod-healthcheck.yml -c numbers/prod-update-config.yml -c numbers/v2.yml > stack.yml
docker stack deploy -c stack.yml numbers
