cd ~/ch14/exercises
# All at once, to be done sooner: any other settings are as late.
docker stack config -c numbers/docker-compose.yml -c numbers/prod.yml -c numbers/prod-healthcheck.yml -c numbers/v3.yml > stack.yml
sed 's/parallelism: 3/parallelism: 6/; s/monitor: 20s/monitor: 1s/' numbers/prod-update-config.yml > at-once.yml
docker stack deploy -c stack.yml -c at-once.yml numbers
until docker service inspect --format '{{.UpdateStatus.State}}' numbers_numbers-api | grep -q completed; do sleep 1; done
docker stack config -c numbers/docker-compose.yml -c numbers/prod.yml -c numbers/prod-healthcheck.yml -c numbers/prod-update-config.yml -c numbers/v3.yml > stack.yml
docker stack deploy -c stack.yml numbers
