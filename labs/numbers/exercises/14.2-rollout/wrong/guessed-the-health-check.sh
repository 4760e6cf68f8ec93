answer last-wait health-check
