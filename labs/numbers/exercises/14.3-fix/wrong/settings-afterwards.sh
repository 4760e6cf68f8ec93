cd ~/ch14/exercises
docker stack config -c numbers/docker-compose.yml -c numbers/prod-full.yml -c numbers/v5.yml > stack.yml
sed 's/parallelism: 3/parallelism: 6/; s/monitor: 20s/monitor: 1s/' stack.yml > at-once.yml
docker stack deploy -c at-once.yml numbers
until docker service inspect --format '{{.UpdateStatus.State}}' numbers_numbers-api | grep -q ^completed; do sleep 1; done
docker stack deploy -c stack.yml numbers
