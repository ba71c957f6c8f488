"""What every page stands on: admission, cookies, rendering, delivery, problems, health and metrics."""
