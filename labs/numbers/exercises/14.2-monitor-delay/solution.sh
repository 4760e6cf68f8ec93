cd ~/ch14/exercises
answer second-batch when-running

# Seconds between the first and the fourth replica that began.
gap() {
  docker inspect --format '{{.CreatedAt}}' $(docker service ps -q --filter desired-state=running numbers_numbers-api) |
    sort | cut -d. -f1 | while read -r day time; do date -u -d "$day $time" +%s; done |
    awk 'NR == 1 { first = $1 } NR == 4 { print $1 - first }'
}

# A rollout with a monitor window of 15 s.
docker stack config -c numbers/docker-compose.yml -c numbers/prod.yml -c numbers/prod-healthcheck.yml \
  -c numbers/prod-update-config.yml -c numbers/v3.yml -c numbers/slow-monitor.yml > stack.yml
docker stack deploy --detach=false -c stack.yml numbers
answer monitor-gap "$(gap)"

# A rollout with a delay of 10 s.
docker stack config -c numbers/docker-compose.yml -c numbers/prod.yml -c numbers/prod-healthcheck.yml \
  -c numbers/prod-update-config.yml -c numbers/v3.yml -c numbers/slow-delay.yml > stack.yml
docker stack deploy --detach=false -c stack.yml numbers
answer delay-gap "$(gap)"

# The usual settings again: no task changes.
docker stack config -c numbers/docker-compose.yml -c numbers/prod.yml -c numbers/prod-healthcheck.yml \
  -c numbers/prod-update-config.yml -c numbers/v3.yml > stack.yml
docker stack deploy -c stack.yml numbers
