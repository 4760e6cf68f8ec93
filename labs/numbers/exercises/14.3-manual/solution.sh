cd ~/ch14/exercises
docker service rollback numbers_numbers-api
answer previous-spec "$(docker service inspect --format '{{.PreviousSpec.TaskTemplate.ContainerSpec.Image}}' numbers_numbers-api | cut -d: -f2)"

# The files and the web service follow: everything is on v3 again.
docker stack config -c numbers/docker-compose.yml -c numbers/prod-full.yml -c numbers/v3.yml > stack.yml
docker stack deploy -c stack.yml numbers
docker stack services numbers

answer once-more forward
answer nothing-left unchanged
