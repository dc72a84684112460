import { AgeingReport, AgeingReportQuery } from '../../../domain/analytics/ageing-report/ageing-report.ts'
import { reportAgeing } from '../../../domain/analytics/ageing-report/report-ageing.ts'
import { DueReport, DueReportQuery } from '../../../domain/analytics/due-report/due-report.ts'
import { reportDue } from '../../../domain/analytics/due-report/report-due.ts'
import { reportFiles } from '../../../domain/analytics/report/report.ts'
import { reportRisk } from '../../../domain/analytics/risk-report/report-risk.ts'
import { RiskReport, RiskReportQuery } from '../../../domain/analytics/risk-report/risk-report.ts'
import { route } from '../route.ts'

export const receivableReportRoutes = [
  route({
    method: 'GET',
    path: '/v1/reports/receivables-ageing',
    operationId: 'reportReceivablesAgeing',
    summary: 'Ageing of receivables as of any day',
    description:
      'Of the receivables issued by that day, by the postings dated up to it, whenever they were typed. For each row and in total notDue and the buckets less unallocated are what is outstanding. Whoever does not see all customers gets those of its own.',
    permission: 'reports.read',
    query: AgeingReportQuery,
    response: AgeingReport,
    files: reportFiles,
    run: reportAgeing,
  }),
  route({
    method: 'GET',
    path: '/v1/reports/receivables-due',
    operationId: 'reportReceivablesDue',
    summary: 'What falls due by day, week or month',
    description: 'What is open by now of the receivables that fall due between two days.',
    permission: 'reports.read',
    query: DueReportQuery,
    response: DueReport,
    files: reportFiles,
    run: reportDue,
  }),
  route({
    method: 'GET',
    path: '/v1/reports/receivables-risk',
    operationId: 'reportReceivablesRisk',
    summary: 'Customers that are a risk, concentration and DSO',
    description:
      'Customers with a large share in all that is owed, over their overdue limit, over 90 days late, or over their credit limit: each flag with its figures.',
    permission: 'reports.read',
    query: RiskReportQuery,
    response: RiskReport,
    files: reportFiles,
    run: reportRisk,
  }),
]
