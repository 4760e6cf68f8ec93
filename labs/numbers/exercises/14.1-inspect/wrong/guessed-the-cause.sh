for i in $(seq 40); do curl -s localhost; done
until docker service ps --no-trunc numbers_numbers-api | grep -q 'unhealthy container'; do sleep 1; done
answer what-healed rolling-update
