cd ~/ch14/exercises
files="-c numbers/docker-compose.yml -c numbers/prod-full.yml -c numbers/v3.yml -c numbers/page-config.yml"
docker stack config $files > stack.yml
docker stack deploy -c stack.yml numbers
until docker service inspect --format '{{.UpdateStatus.State}}' numbers_numbers-web | grep -q '^completed'; do sleep 1; done

# A new content needs a new name.
echo '{ "title": "Numbers at random" }' > numbers/page.json
sed -i s/numbers-page-v1/numbers-page-v2/ numbers/page-config.yml
docker stack config $files > stack.yml
docker stack deploy -c stack.yml numbers
sleep 1
until docker service inspect --format '{{.UpdateStatus.State}}' numbers_numbers-web | grep -q '^completed'; do sleep 1; done

docker service rollback --detach numbers_numbers-web
docker config ls
answer same-name refused
answer old-config stays
