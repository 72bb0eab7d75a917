from . import pom_reminder_preview
