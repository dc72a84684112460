import { DeliveryReport, DeliveryReportQuery } from '../../../domain/analytics/delivery-report/delivery-report.ts'
import { reportDeliveries } from '../../../domain/analytics/delivery-report/report-deliveries.ts'
import { reportFiles } from '../../../domain/analytics/report/report.ts'
import { route } from '../route.ts'

export const deliveryReportRoutes = [
  route({
    method: 'GET',
    path: '/v1/reports/deliveries',
    operationId: 'reportDeliveries',
    summary: 'Orders shipped, late and still to be shipped',
    description:
      'Of the orders of a span of days, of the customers that the caller and those below own. An order is late when the last of it left behind the latest day that was promised, or when something of it should have left before today. POST /v1/orders/search with `late` finds them.',
    permission: 'reports.read',
    query: DeliveryReportQuery,
    response: DeliveryReport,
    files: reportFiles,
    run: reportDeliveries,
  }),
]
