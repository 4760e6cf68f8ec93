cd ~/ch14/exercises
docker stack config -c numbers/docker-compose.yml -c numbers/prod-full.yml -c numbers/v5-bad.yml \
  -c numbers/tolerant.yml > stack.yml
docker stack deploy -c stack.yml numbers
