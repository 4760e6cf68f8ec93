cd ~/ch14/lab
docker swarm init
cat > prod.yml <<'EOF'
services:
  iotd:
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
docker stack deploy -c image-gallery.yml -c prod.yml image-gallery
