"""The server: granian, kept up, and the application that it runs."""
