cd ~/ch14/exercises
cat > numbers/v5-web.yml <<'EOF'
services:
  numbers-web:
    environment:
      Broken: "false"
EOF
docker stack config -c numbers/docker-compose.yml -c numbers/prod-full.yml -c numbers/v5-bad.yml -c numbers/v5-web.yml > stack.yml
docker stack deploy -c stack.yml numbers
