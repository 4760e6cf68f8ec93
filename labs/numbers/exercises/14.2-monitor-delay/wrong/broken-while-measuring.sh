cd ~/ch14/exercises
# The new replicas find themselves unhealthy at once.
cat >> numbers/slow-monitor.yml <<'EOF'
    environment:
      Broken: "true"
EOF
docker stack config -c numbers/docker-compose.yml -c numbers/prod.yml -c numbers/prod-healthcheck.yml -c numbers/prod-update-config.yml -c numbers/v3.yml -c numbers/slow-monitor.yml > stack.yml
docker stack deploy -c stack.yml numbers
