import { reportFiles } from '../../../domain/analytics/report/report.ts'
import { reportSales } from '../../../domain/analytics/sales-report/report-sales.ts'
import { SalesReport, SalesReportQuery } from '../../../domain/analytics/sales-report/sales-report.ts'
import { route } from '../route.ts'

export const salesReportRoutes = [
  route({
    method: 'GET',
    path: '/v1/reports/sales',
    operationId: 'reportSales',
    summary: 'Sales by rep, team, time, region, customer and product',
    description:
      'By business dates, without tax, in the currency of the firm; foreign documents at their own rate. Amendments, cancellations and short-closes count from the day of the order. Reps see what they sold, managers what their team did.',
    permission: 'reports.read',
    query: SalesReportQuery,
    response: SalesReport,
    files: reportFiles,
    run: reportSales,
  }),
]
