# Replaces all replicas at once; the second deployment brings the service to the settings of the solution.
cd ~/ch14/exercises
cat > at-once.yml <<'EOF'
services:
  numbers-api:
    deploy:
      update_config: { parallelism: 6, monitor: 1s }
  numbers-web:
    deploy:
      update_config: { monitor: 1s }
EOF
docker stack config -c numbers/docker-compose.yml -c numbers/prod.yml \
  -c numbers/prod-healthcheck.yml -c numbers/v2.yml > stack.yml
docker stack deploy --detach=false -c stack.yml -c at-once.yml numbers
docker stack deploy -c stack.yml numbers
rm at-once.yml
