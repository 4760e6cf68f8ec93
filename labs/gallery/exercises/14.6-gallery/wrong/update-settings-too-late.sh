cd ~/ch14/lab
docker swarm init
cat > first.yml <<'EOF'
services:
  iotd:
    healthcheck:
      test: ["CMD", "/gallery-iotd", "health"]
      interval: 2s
      timeout: 1s
      retries: 2
      start_period: 8s
    deploy:
      replicas: 4
      update_config:
        parallelism: 2
        monitor: 8s
        failure_action: rollback
        order: stop-first
      rollback_config:
        parallelism: 4
        failure_action: continue
        order: start-first

  image-gallery:
    ports:
      - target: 80
        published: 80
        mode: host
    deploy:
      mode: global
EOF
cat > prod.yml <<'EOF'
services:
  iotd:
    healthcheck:
      test: ["CMD", "/gallery-iotd", "health"]
      interval: 2s
      timeout: 1s
      retries: 2
      start_period: 8s
    deploy:
      replicas: 4
      update_config:
        parallelism: 2
        monitor: 8s
        failure_action: rollback
        order: start-first
      rollback_config:
        parallelism: 4
        failure_action: continue
        order: start-first

  image-gallery:
    ports:
      - target: 80
        published: 80
        mode: host
    deploy:
      mode: global
EOF
docker stack deploy -c image-gallery.yml -c first.yml image-gallery
until docker stack services image-gallery | grep -q "_iotd .* 4/4"; do sleep 1; done
docker stack deploy --detach=false -c image-gallery.yml -c first.yml -c v2.yml image-gallery
docker stack deploy --detach=false -c image-gallery.yml -c prod.yml -c v2.yml image-gallery
