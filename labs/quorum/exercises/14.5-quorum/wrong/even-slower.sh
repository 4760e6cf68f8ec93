answer even-number slower
