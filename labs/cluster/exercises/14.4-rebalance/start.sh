# node1 has left for good in this exercise, so it does not join in the first place.
ip=$(ssh node2 hostname -i)
ssh node2 docker swarm init --advertise-addr $ip
manager=$(ssh node2 docker swarm join-token --quiet manager)
worker=$(ssh node2 docker swarm join-token --quiet worker)
ssh node4 docker swarm join --token $worker $ip:2377 &
ssh node3 docker swarm join --availability drain --token $manager $ip:2377
ssh node5 docker swarm join --availability drain --token $manager $ip:2377
wait
cd ~/ch14/exercises
docker stack config -c numbers/docker-compose.yml -c numbers/prod-full.yml -c numbers/v5.yml > stack.yml
ssh node2 docker stack deploy -c - numbers < stack.yml
until [ $(ssh node2 docker service ps --quiet --filter desired-state=running numbers_numbers-api | wc -l) = 6 ]; do sleep 0.2; done
until ssh node2 docker node update --availability active node5; do sleep 1; done
