import { countOrder } from '../../../domain/analytics/sales-report/count-order.ts'
import { OrderAmended, OrderCancelled, OrderClosed, OrderConfirmed } from '../../../events/orders.ts'
import { consumerOf } from '../../consumer.ts'

export const handler = consumerOf([OrderConfirmed, OrderAmended, OrderCancelled, OrderClosed], (ctx, { subject }) =>
  countOrder(ctx, subject.id),
)
