ip=$(hostname -i)
docker swarm init --advertise-addr $ip
manager=$(docker swarm join-token --quiet manager)
worker=$(docker swarm join-token --quiet worker)
for node in node4 node5; do ssh $node docker swarm join --token $worker $ip:2377 & done
for node in node2 node3; do ssh $node docker swarm join --token $manager $ip:2377; done
wait
cd ~/ch14/exercises
docker stack config -c numbers/docker-compose.yml -c numbers/prod-full.yml -c numbers/v5.yml > stack.yml
docker stack deploy -c stack.yml numbers
