"""What the system stands on (基础设施): PostgreSQL, files, settings, and what runs in the background."""
