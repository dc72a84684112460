import { partitionOf } from '../../kernel/ids.ts'
import type { Range } from '../../store/query.ts'
import type { Customer } from './customer.ts'

/** Ids of the customers in whose partitions a customer's things lie: its own, and those that were merged into it (docs/adr/0005). */
export const partitionsOf = ({ id, absorbed = [] }: Customer): string[] => [id, ...absorbed]

/** True when the id is that of something that lies in one of these partitions. */
export const isThingOf = (customer: Customer, id: string): boolean =>
  partitionsOf(customer).some((partition) => partitionOf(partition) === partitionOf(id))

/** A range in each of these partitions; lists merge them in order. */
export const rangesOf = (customer: Customer, range: (id: string) => Range): Range[] => partitionsOf(customer).map(range)

/** The rows as the customer's. The partition decides whose they are; what they say follows while a merge is being carried out. */
export const asThingsOf = <T extends { customerId: string }>({ id }: Customer, rows: T[]): T[] =>
  rows.map((row) => (row.customerId === id ? row : { ...row, customerId: id }))
