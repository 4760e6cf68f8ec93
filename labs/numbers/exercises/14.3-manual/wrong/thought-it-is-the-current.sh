docker service rollback --detach numbers_numbers-api
until docker service inspect --format '{{.UpdateStatus.State}}' numbers_numbers-api | grep -q rollback_completed; do sleep 1; done
answer previous-spec v3
