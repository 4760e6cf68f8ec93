cd ~/ch14/exercises
docker stack config -c numbers/docker-compose.yml -c numbers/prod.yml -c numbers/prod-healthcheck.yml \
  -c numbers/prod-update-config.yml -c numbers/v5-bad.yml > stack.yml
docker stack deploy -c stack.yml numbers

# Unhealthy after about ten seconds, then back to v3.
status() { docker service inspect --format "{{.UpdateStatus.$1}}" numbers_numbers-api; }
until [ "$(status State)" = rollback_completed ]; do sleep 1; done
docker service ps numbers_numbers-api
docker stack services numbers

seconds() { date -u -d "$(status "$1" | cut -d. -f1)" +%s; }
answer seconds-in-all $(($(seconds CompletedAt) - $(seconds StartedAt)))
answer web-stays per-service
answer same-file-again v5-again
