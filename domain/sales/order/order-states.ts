import type { StateTable } from '../../kernel/states.ts'
import type { Order, OrderStatus } from './order.ts'

type Action = 'confirm' | 'hold' | 'amend' | 'ship' | 'send' | 'cancel' | 'close' | 'delete'

/** domain.md "Order". What is amended or shipped in part finds its state from its quantities. */
export const orderStates: StateTable<OrderStatus, Action> = {
  draft: { confirm: 'confirmed', hold: 'credit-hold', cancel: 'cancelled', delete: 'cancelled' },
  'credit-hold': { confirm: 'confirmed', hold: 'credit-hold', cancel: 'cancelled', delete: 'cancelled' },
  confirmed: { amend: 'confirmed', ship: 'partly-shipped', send: 'confirmed', cancel: 'cancelled', close: 'closed' },
  'partly-shipped': { amend: 'partly-shipped', ship: 'partly-shipped', send: 'partly-shipped', close: 'closed' },
  shipped: { amend: 'partly-shipped', ship: 'shipped', send: 'shipped', close: 'closed' },
  closed: { send: 'closed' },
  cancelled: {},
}

/** Nothing is agreed yet: everything may be changed. */
export const isDraft = ({ status }: Pick<Order, 'status'>): boolean => status === 'draft' || status === 'credit-hold'

/** Confirmed, and not ended. */
export const isRunning = ({ status }: Pick<Order, 'status'>): boolean =>
  status === 'confirmed' || status === 'partly-shipped' || status === 'shipped'

/** Fields that say nothing of what was agreed: they may be changed when an order is confirmed. */
export const freeFields: readonly string[] = ['customerPo', 'contract', 'deliverTo', 'notes', 'externalId']

/** Whether a contract ends with this order: not of one that was never confirmed, or that came to nothing. */
export const hasContractEnd = ({
  contract,
  confirmedAt,
  status,
  takenBack,
}: Pick<Order, 'contract' | 'confirmedAt' | 'status' | 'takenBack'>): boolean =>
  Boolean(contract?.endsOn && confirmedAt) && status !== 'cancelled' && !takenBack
