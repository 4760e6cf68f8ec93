answer whose-settings new
