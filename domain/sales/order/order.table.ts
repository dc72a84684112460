import { customerPartition } from '../../parties/index.ts'
import { numberGuard } from '../../platform/index.ts'
import { defineEntity } from '../../store/entity.ts'
import type { ItemKey } from '../../store/entity-definition.ts'
import { externalIdGuard } from '../../store/external-id.ts'
import type { KeyParts } from '../../store/keys.ts'
import type { Range } from '../../store/query.ts'
import { scattered } from '../../store/scattered.ts'
import { type Order, type OrderStatus, orderDetail } from './order.ts'
import { hasContractEnd } from './order-states.ts'

/** Lists keep apart what is being worked on, what was shipped and what ended: the first stays small. */
const orderGroups = ['open', 'shipped', 'ended'] as const
type OrderGroup = (typeof orderGroups)[number]

/** The list that an order stands in by its status. */
export function groupOf(status: OrderStatus): OrderGroup {
  if (status === 'shipped') return 'shipped'
  return status === 'closed' || status === 'cancelled' ? 'ended' : 'open'
}

export const ordersIn = (group: OrderGroup) => ['ORD-ALL', group]
export const ordersOfOwner = (ownerId: string, group: OrderGroup) => ['ORD-OWNER', ownerId, group]
/** Access pattern: orders by the customer's own number; one Query. */
export const ordersByPo = (customerPo: string): Range & { prefix: KeyParts } => {
  const { pk, sk } = scattered('ORD-PO', [customerPo.normalize('NFKC').trim().toLowerCase()])
  return { partition: pk, prefix: sk }
}
const poPointer = (customerPo: string, id: string): ItemKey => {
  const { partition, prefix } = ordersByPo(customerPo)
  return { pk: partition, sk: [...prefix, id] }
}

/** Access pattern: orders by the day on which their contract ends; one Query. */
export const contractEnds = ['CONTRACT-ENDS']

/** What a due entry of a delivery holds. */
export interface DeliveryDue {
  customerId: string
  number: string
}

/** Deliveries are everybody's business at the warehouse: assistants find them in a few partitions. */
export const deliveryShards = 4
export const deliveriesOf = (shard: number) => `assistant.delivery.${shard}`
const shardOf = (id: string) => id.charCodeAt(id.length - 1) % deliveryShards

/**
 * In its customer's partition, its lines beside it; lists by orderedOn for all (gsi1) and by the owner of the customer (gsi2).
 * While something is to be delivered it is due for the owner and for the assistants.
 */
export const orders = defineEntity<Order>({
  type: 'order',
  prefix: 'ord',
  schemaVersion: 1,
  key: (id) => ({ pk: customerPartition(id), sk: ['ORD', id] }),
  detail: { name: 'ORL', fields: orderDetail },
  gsi1: ({ status, orderedOn, id }) => ({ pk: ordersIn(groupOf(status)), sk: [orderedOn, id] }),
  gsi2: ({ ownerId, status, orderedOn, id }) =>
    ownerId ? { pk: ordersOfOwner(ownerId, groupOf(status)), sk: [orderedOn, id] } : undefined,
  guards: ({ number, externalId, takenBack }) => (takenBack ? [] : [numberGuard('order', number), ...externalIdGuard('order', externalId)]),
  pointers: (order) => [
    ...(order.customerPo ? [{ key: poPointer(order.customerPo, order.id) }] : []),
    ...(hasContractEnd(order) ? [{ key: { pk: contractEnds, sk: [order.contract!.endsOn!, order.id] } }] : []),
  ],
  due: ({ id, nextDelivery, ownerId, customerId, number, confirmedAt }) =>
    nextDelivery && confirmedAt
      ? [...(ownerId ? [ownerId] : []), deliveriesOf(shardOf(id))].map((owner) => ({
          owner,
          on: nextDelivery,
          kind: 'delivery',
          id,
          data: { customerId, number } satisfies DeliveryDue,
        }))
      : [],
})

/** Access pattern: orders of a customer by creation; one Query. */
export const ordersOf = (customerId: string): Range => ({ partition: customerPartition(customerId), prefix: ['ORD'] })

/** A former version of an order, as it was before an amendment. */
export const orderVersionKey = (id: string, edition: number) => ({
  pk: customerPartition(id),
  sk: ['ORV', id, String(edition).padStart(4, '0')],
})
/** Access pattern: former versions of an order, oldest first; one Query. */
export const orderVersionsOf = (id: string): Range => ({ partition: customerPartition(id), prefix: ['ORV', id] })
