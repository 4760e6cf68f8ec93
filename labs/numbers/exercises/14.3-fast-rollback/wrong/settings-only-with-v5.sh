cd ~/ch14/exercises
# The good version goes without them, so they come with v5 and leave with it.
docker stack config -c numbers/docker-compose.yml -c numbers/prod.yml -c numbers/prod-healthcheck.yml -c numbers/prod-update-config.yml -c numbers/v3.yml > stack.yml
docker stack deploy -c stack.yml numbers
sleep 1
docker stack config -c numbers/docker-compose.yml -c numbers/prod.yml -c numbers/prod-healthcheck.yml -c numbers/prod-update-config.yml -c numbers/prod-rollback-config.yml -c numbers/v5-bad.yml -c numbers/all-at-once.yml > stack.yml
docker stack deploy -c stack.yml numbers
