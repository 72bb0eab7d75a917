from . import account_statement_import
from . import account_statement_import_journals
from . import account_statement_import_files
from . import pom_match_past
