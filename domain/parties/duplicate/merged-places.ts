import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { findGuarded } from '../../store/guard.ts'
import type { Customer } from '../customer/customer.ts'
import { entryText, withStreets } from './entry.ts'
import { nameGuard, taxGuard } from './guards.ts'
import { sharingName } from './namesakes.ts'
import { normaliseName } from './normalise-name.ts'
import { factsOf, namesOf, streetsOf, taxKey } from './party-facts.ts'
import { possibleKeys } from './party-keys.ts'

/** True for who holds the guard of that name. */
const holds = (customer: Customer, name: string): boolean => !customer.sharesName && normaliseName(customer.name) === normaliseName(name)

const namesKept = (customer: Customer): string => customer.foundAs ?? entryText(namesOf(customer))

/** What the entries of a customer hold of it. */
export const keptInEntries = (customer: Customer): string => withStreets(namesKept(customer), streetsOf(customer))

/**
 * The survivor of a merge as the duplicate check keeps it. The names in its entries stay as they are, and so do the duplicate's entries:
 * they name partitions, and the duplicate's leads to the survivor (docs/adr/0005).
 */
export function keptAfterMerge(result: Customer, survivor: Customer, duplicate: Customer): Customer {
  const { sharesName: _former, ...rest } = result
  const sharesName = !holds(survivor, result.name) && !holds(duplicate, result.name)
  return { ...rest, ...(rest.foundBy ? { foundAs: namesKept(survivor) } : {}), ...(sharesName ? { sharesName } : {}) }
}

/** Who else than these two holds a value that only one may have. */
async function otherHolder(ctx: Context, guard: string, value: string, ids: readonly string[]): Promise<string | undefined> {
  const holder = await findGuarded(ctx, guard, value, true)
  return holder && !ids.includes(holder) ? holder : undefined
}

async function requireTaxFree(ctx: Context, taxNumber: string | undefined, ids: readonly string[]): Promise<void> {
  if (taxNumber && (await otherHolder(ctx, taxGuard, taxKey(taxNumber), ids)))
    throw new Problem('conflict', 'customer.duplicate', `Another customer has the tax number ${taxNumber} by now. Change that one first.`)
}

/** Of the keys by which the survivor is or was found those that still lead to it. */
async function keysApart(ctx: Context, before: Customer, now: Customer, survivor: Customer): Promise<Pick<Customer, 'foundBy'>> {
  const possible = possibleKeys(ctx, await factsOf(survivor, ctx.tenant.currency))
  const foundBy = [...new Set([...(before.foundBy ?? []), ...(now.foundBy ?? [])])].filter((key) => possible.has(key))
  return foundBy.length > 0 ? { foundBy } : {}
}

/**
 * Both customers of a merge that is undone, as the duplicate check keeps them. Who took a name meanwhile keeps it, and the one
 * that had it shares it from then on. 409 `customer.duplicate` where somebody else has a tax number by now: that one stays.
 */
export async function keptApart(
  ctx: Context,
  { before, now, survivor, duplicate }: Record<'before' | 'now' | 'survivor' | 'duplicate', Customer>,
): Promise<{ survivor: Customer; duplicate: Customer }> {
  const ids = [survivor.id, duplicate.id]
  const { foundBy: _keys, foundAs: _names, sharesName: _shares, ...rest } = survivor
  const own: Customer = { ...rest, ...(await keysApart(ctx, before, now, survivor)), ...(before.sharesName ? { sharesName: true } : {}) }
  const both: Customer[] = []
  for (const customer of [own, duplicate]) {
    await requireTaxFree(ctx, customer.taxNumber, ids)
    const isTaken = both.some((other) => holds(other, customer.name))
    const sharesName = isTaken || (await otherHolder(ctx, nameGuard, normaliseName(customer.name), ids)) !== undefined
    both.push(sharesName ? { ...customer, ...(await sharingName(ctx, customer)) } : customer)
  }
  return { survivor: both[0]!, duplicate: both[1]! }
}
