cd ~/ch14/exercises
sed -i 's/failure_action: rollback/failure_action: continue/; s/parallelism: 3/parallelism: 6/; s/start-first/stop-first/; s/monitor: 20s/monitor: 1s/' numbers/prod-update-config.yml
docker stack config -c numbers/docker-compose.yml -c numbers/prod.yml -c numbers/prod-healthcheck.yml -c numbers/prod-update-config.yml -c numbers/v5-bad.yml > stack.yml
docker stack deploy -c stack.yml numbers
