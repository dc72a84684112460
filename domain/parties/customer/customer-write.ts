import type { Context } from '../../kernel/context.ts'
import { changedFields } from '../../kernel/merge-patch.ts'
import type { Write } from '../../store/write.ts'
import { customers } from './customer.table.ts'
import type { Customer } from './customer.ts'

/**
 * The customer as part of a commit of something that belongs to it: written when it changes, else it must only stay as it
 * was read, so that nothing is added to a customer that was deleted or given away meanwhile.
 */
export const customerWrite = (ctx: Context, before: Customer, after: Customer): Write =>
  changedFields(before, after).length > 0 ? customers.replace(ctx, before, after) : customers.keep(before)
