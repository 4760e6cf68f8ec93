cd ~/ch14/exercises
docker stack config -c numbers/docker-compose.yml -c numbers/prod.yml -c numbers/prod-healthcheck.yml \
  -c numbers/v5-bad.yml > stack.yml
docker stack deploy -c stack.yml numbers
