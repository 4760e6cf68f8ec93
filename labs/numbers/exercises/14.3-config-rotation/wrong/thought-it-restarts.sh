answer same-name restarted
