answer web-stays slower
