docker stack services numbers
answer ports-column not-published
