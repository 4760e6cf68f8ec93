docker service update --detach --rollback-parallelism 6 --rollback-failure-action continue \
  --rollback-order start-first numbers_numbers-api
