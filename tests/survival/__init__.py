"""What happens to people's words when the machine fails: killed servers, full disks, locks."""
