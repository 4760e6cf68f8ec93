docker service update --detach --no-resolve-image --image numbers-api:v5 --update-parallelism 6 \
  --update-order stop-first numbers_numbers-api
