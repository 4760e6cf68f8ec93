# After an automatic rollback: the API is on v3, the web service on v5, and the file asks for v5.
docker swarm init
cd ~/ch14/exercises
files='-c numbers/docker-compose.yml -c numbers/prod.yml -c numbers/prod-healthcheck.yml'
files="$files -c numbers/prod-update-config.yml -c numbers/prod-rollback-config.yml -c numbers/v5-bad.yml"
docker stack config $files | sed 's/numbers-api:v5/numbers-api:v3/' > rolled-back.yml
docker stack deploy -c rolled-back.yml numbers
rm rolled-back.yml
docker stack config $files -c numbers/all-at-once.yml > stack.yml
