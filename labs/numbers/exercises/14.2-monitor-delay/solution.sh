cd ~/ch14/exercises
answer second-batch when-running

# A rollout with a monitor window of 15 s.
docker stack config -c numbers/docker-compose.yml -c numbers/prod.yml -c numbers/prod-healthcheck.yml \
  -c numbers/prod-update-config.yml -c numbers/v3.yml -c numbers/slow-monitor.yml > stack.yml
docker stack deploy --detach=false -c stack.yml numbers

# A rollout with a delay of 10 s.
docker stack config -c numbers/docker-compose.yml -c numbers/prod.yml -c numbers/prod-healthcheck.yml \
  -c numbers/prod-update-config.yml -c numbers/v3.yml -c numbers/slow-delay.yml > stack.yml
docker stack deploy --detach=false -c stack.yml numbers

# The usual settings again: no task changes.
docker stack config -c numbers/docker-compose.yml -c numbers/prod.yml -c numbers/prod-healthcheck.yml \
  -c numbers/prod-update-config.yml -c numbers/v3.yml > stack.yml
docker stack deploy -c stack.yml numbers
