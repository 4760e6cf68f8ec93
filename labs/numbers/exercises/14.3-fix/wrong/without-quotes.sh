cd ~/ch14/exercises
sed -i 's/"false"/false/' numbers/v5.yml
docker stack config -c numbers/docker-compose.yml -c numbers/prod-full.yml -c numbers/v5.yml > stack.yml
docker stack deploy -c stack.yml numbers
