cd ~/ch14/exercises
cat > numbers/no-healthcheck.yml <<'EOF'
services:
  numbers-api:
    healthcheck:
      disable: true
EOF
docker stack config -c numbers/docker-compose.yml -c numbers/prod.yml -c numbers/prod-update-config.yml -c numbers/prod-rollback-config.yml -c numbers/v5-bad.yml -c numbers/no-healthcheck.yml > stack.yml
docker stack deploy -c stack.yml numbers
