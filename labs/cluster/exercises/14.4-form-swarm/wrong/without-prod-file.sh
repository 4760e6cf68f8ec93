ip=$(hostname -i)
docker swarm init --advertise-addr $ip
manager=$(docker swarm join-token --quiet manager)
worker=$(docker swarm join-token --quiet worker)
ssh node2 docker swarm join --token $manager $ip:2377
ssh node3 docker swarm join --token $manager $ip:2377
ssh node4 docker swarm join --token $worker $ip:2377
ssh node5 docker swarm join --token $worker $ip:2377
cd ~/ch14/exercises
docker stack deploy -c numbers/docker-compose.yml -c numbers/prod.yml -c numbers/v5.yml numbers
