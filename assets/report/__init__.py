"""The report: one HTML file that shows what a published warehouse holds, without a server or a network.

What the numbers mean stands in the SQL of `warehouse/sql/report`; how they look, in the files of this folder. Nothing is judged here.
"""

from assets.report.page import MOST, report_form, write_report

__all__ = ["MOST", "report_form", "write_report"]
