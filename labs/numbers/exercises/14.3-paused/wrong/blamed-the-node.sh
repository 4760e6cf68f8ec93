answer cause resources
