from . import pom_reminder_hold
from . import pom_reminder_preview
from . import pom_connection_test
from . import pom_connection_test_line
