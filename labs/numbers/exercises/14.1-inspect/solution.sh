answer web-mode global
answer ports-column host-mode
answer update-parallelism 1
answer shutdown-tasks "$(docker service ps -q --filter desired-state=shutdown numbers_numbers-api | wc -l)"

for i in $(seq 40); do curl -s localhost; done
until docker service ps --no-trunc numbers_numbers-api | grep -q 'unhealthy container'; do sleep 1; done

docker service ps --no-trunc numbers_numbers-api
slot=$(docker service ps --no-trunc --format '{{.Name}} {{.Error}}' numbers_numbers-api | sed -n 's/.*\.\([0-9]*\) .*unhealthy container.*/\1/p' | head -1)
answer failed-slot "$slot"
answer what-healed health-check
