answer failed-slot 1
