import type * as z from 'zod'
import type { Context } from '../../domain/kernel/context.ts'
import { Problem } from '../../domain/kernel/errors.ts'
import { createCustomer } from '../../domain/parties/customer/change-customer.ts'
import type { CreateCustomer, Customer } from '../../domain/parties/customer/customer.ts'

type NewCustomer = z.output<typeof CreateCustomer>

/** A customer that is taken for another one, created in spite of it. */
export async function createAnyway(ctx: Context, input: NewCustomer): Promise<Customer> {
  try {
    return await createCustomer(ctx, input)
  } catch (error) {
    const override = error instanceof Problem ? (error.more.extra?.override as { token: string } | undefined) : undefined
    if (!override) throw error
    return createCustomer(ctx, { ...input, duplicateOverride: { token: override.token, reason: 'another firm' } })
  }
}
