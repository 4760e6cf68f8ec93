answer same-name replaced
