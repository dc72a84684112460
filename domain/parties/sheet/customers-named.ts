import type { Context } from '../../kernel/context.ts'
import { findGuarded } from '../../store/guard.ts'
import { normaliseName } from '../duplicate/normalise-name.ts'

/** Customers of that name, whatever its width, case, brackets and legal form. */
export async function customersNamed(ctx: Context, name: string): Promise<string[]> {
  const id = await findGuarded(ctx, 'customer-name', normaliseName(name), true)
  return id ? [id] : []
}
