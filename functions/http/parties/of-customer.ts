import type { ListInput } from '../../../domain/kernel/paging.ts'

/** The input of a list under one customer, as the list of all takes it. */
export const ofCustomer = ({ id, ...input }: ListInput & { id: string }): ListInput => ({
  ...input,
  filter: { ...input.filter, customerId: { eq: id } },
})
