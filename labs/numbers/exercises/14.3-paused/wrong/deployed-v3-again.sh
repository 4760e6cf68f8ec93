cd ~/ch14/exercises
docker stack deploy -c stack.yml numbers
