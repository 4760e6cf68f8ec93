answer whose-settings defaults
