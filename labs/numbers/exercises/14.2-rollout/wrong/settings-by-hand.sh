cd ~/ch14/exercises
docker stack config -c numbers/docker-compose.yml -c numbers/prod.yml -c numbers/prod-healthcheck.yml -c numbers/v3.yml > stack.yml
sed 's/parallelism: 3/parallelism: 6/; s/monitor: 20s/monitor: 1s/' numbers/prod-update-config.yml > at-once.yml
docker stack deploy -c stack.yml -c at-once.yml numbers
until docker service inspect --format '{{.UpdateStatus.State}}' numbers_numbers-api | grep -q completed; do sleep 1; done
docker service update --detach --update-parallelism 3 --update-monitor 20s --update-failure-action rollback \
  --update-order start-first numbers_numbers-api
