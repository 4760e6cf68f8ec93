docker service update --detach --no-resolve-image --image numbers-api:v3 --update-parallelism 3 --update-monitor 20s \
  --update-failure-action rollback --update-order start-first numbers_numbers-api
docker service update --detach --no-resolve-image --image numbers-web:v3 numbers_numbers-web
