"""Where the program meets the machine: its disks, its processes, its log, the files that a user names."""
