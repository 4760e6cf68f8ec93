docker swarm init
docker network create --driver overlay --label com.docker.stack.namespace=numbers numbers-prod
docker service create --detach --no-resolve-image --name numbers_numbers-api --network numbers-prod \
  --label com.docker.stack.namespace=numbers --label com.docker.stack.image=numbers-api:v1 \
  --endpoint-mode dnsrr --replicas 6 --limit-cpu 0.50 --limit-memory 75M numbers-api:v1
docker service create --detach --no-resolve-image --name numbers_numbers-web --network numbers-prod \
  --label com.docker.stack.namespace=numbers --label com.docker.stack.image=numbers-web:v1 \
  --mode global --publish mode=host,published=80,target=80 --limit-cpu 0.75 --limit-memory 150M numbers-web:v1
docker stack services numbers
