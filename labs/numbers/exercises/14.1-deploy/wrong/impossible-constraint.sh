docker swarm init
cd ~/ch14/exercises
cat > numbers/placement.yml <<'EOF'
services:
  numbers-api:
    deploy:
      placement:
        constraints: [node.labels.disk == ssd]
EOF
docker stack deploy -c numbers/docker-compose.yml -c numbers/prod.yml -c numbers/placement.yml numbers
