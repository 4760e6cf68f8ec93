answer shutdown-tasks '여섯 개'
