answer last-wait web
