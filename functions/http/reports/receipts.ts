import { ReceiptReport, ReceiptReportQuery } from '../../../domain/analytics/receipt-report/receipt-report.ts'
import { reportReceipts } from '../../../domain/analytics/receipt-report/report-receipts.ts'
import { reportFiles } from '../../../domain/analytics/report/report.ts'
import { route } from '../route.ts'

export const receiptReportRoutes = [
  route({
    method: 'GET',
    path: '/v1/reports/receipts',
    operationId: 'reportReceipts',
    summary: 'Receipts by method, rep, customer and time, with every receipt',
    description:
      'Money that came in, by the day it was received, less what was refunded, reversed or dishonoured in these days; deductions are no money. `details` has every receipt, on pages of its own.',
    permission: 'reports.read',
    query: ReceiptReportQuery,
    response: ReceiptReport,
    files: reportFiles,
    run: reportReceipts,
  }),
]
