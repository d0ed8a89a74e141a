"""Questions asked of the record: no models of the record, no writes.

Every report is a `Table` made once, in the scope of who asks and with small groups concealed where
she may see aggregates only. Page, CSV, XLSX and PDF show that one value.
"""
