import { Problem } from '../../kernel/errors.ts'
import { itemKey } from '../../store/entity-definition.ts'
import type { Write } from '../../store/write.ts'
import { creditKey } from './customer.table.ts'
import type { Customer } from './customer.ts'
import { partitionsOf } from './partitions.ts'

const hasBooks = () =>
  new Problem('conflict', 'customer.has-books', 'The customer has orders or postings, which stay. Merge it into another one instead.')

/** Holds a commit to a customer for whom nothing was ever ordered or posted: what was is never deleted. 409 `customer.has-books`. */
export const withoutBooks = (customer: Customer): Write[] =>
  partitionsOf(customer).map((partition) => ({
    result: undefined,
    actions: (ctx) => [{ ...itemKey(ctx, creditKey(partition)), check: true, condition: 'attribute_not_exists(pk)', onFail: hasBooks }],
  }))
