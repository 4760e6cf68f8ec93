cd ~/ch14/exercises
# Settings alone replace no task.
sed -i '/image:/d' numbers/slow-monitor.yml
docker stack config -c numbers/docker-compose.yml -c numbers/prod.yml -c numbers/prod-healthcheck.yml -c numbers/prod-update-config.yml -c numbers/v3.yml -c numbers/slow-monitor.yml > stack.yml
docker stack deploy -c stack.yml numbers
