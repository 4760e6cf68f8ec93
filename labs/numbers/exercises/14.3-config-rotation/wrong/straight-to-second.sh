cd ~/ch14/exercises
files="-c numbers/docker-compose.yml -c numbers/prod-full.yml -c numbers/v3.yml -c numbers/page-config.yml"
sed -i s/numbers-page-v1/numbers-page-v2/ numbers/page-config.yml
docker stack config $files > stack.yml
docker stack deploy -c stack.yml numbers
sleep 1
