answer why-quotes style
