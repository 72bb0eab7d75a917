"""What tells in a database that our addons are there."""

#: Settings of core's that installing switches on.
SWITCHES = """
    SELECT id, coalesce(qr_code, FALSE), coalesce(link_qr_code, FALSE)
      FROM res_company ORDER BY id
"""
#: Tables and columns of ours.
LEFT = r"""
    SELECT table_name || '.' || column_name FROM information_schema.columns
     WHERE table_schema = 'public'
       AND (table_name LIKE 'pom\_%' OR column_name LIKE 'pom\_%')
     ORDER BY 1
"""
