answer web-stays no-settings
