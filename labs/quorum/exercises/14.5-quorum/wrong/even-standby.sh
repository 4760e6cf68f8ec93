answer even-number standby
