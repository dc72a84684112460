import type { Context } from '../../kernel/context.ts'
import { partitionOf } from '../../kernel/ids.ts'
import { guardKey } from '../../store/guard.ts'
import { findParents } from '../../store/read.ts'
import { readItems } from '../../store/read-items.ts'
import { customers } from '../customer/customer.table.ts'
import type { Customer } from '../customer/customer.ts'
import { entryText, hasRoom, withStreets } from './entry.ts'
import { nameGuard } from './guards.ts'
import { normaliseName } from './normalise-name.ts'
import { namesOf, streetsOf } from './party-facts.ts'
import { entryPlace, idIn, namesakeKey, readEntry, storedKey } from './party-keys.ts'

/**
 * The customers of a name, whatever its width, case, brackets and legal form: who stood under it first, and those that share it
 * (two 个体户 may). One call, a second one where several share it.
 */
export async function customersNamed(ctx: Context, name: string): Promise<string[]> {
  const normalName = normaliseName(name)
  const places = [guardKey(nameGuard, normalName), entryPlace(ctx, namesakeKey(normalName))]
  const [guard, entry] = await readItems(ctx, places, { consistent: true })
  const holder = guard?.ref as string | undefined
  const sharing = Object.keys(readEntry(entry).attributes).map(idIn)
  if (sharing.length === 0) return holder ? [holder] : []
  const found = await findParents(ctx, customers, [...(holder ? [holder] : []), ...sharing], { consistent: true })
  const named = [...found.values()].filter((customer) => normaliseName(customer.name) === normalName)
  return [...new Set(named.map(({ id }) => id))]
}

/** What the record of a customer keeps that shares its name. Of very many namesakes the first are enough to tell that there are several. */
export async function sharingName(ctx: Context, party: Customer): Promise<{ foundBy: string[]; sharesName: true }> {
  const key = namesakeKey(normaliseName(party.name))
  const [item] = await readItems(ctx, [entryPlace(ctx, key)], { consistent: true })
  const isFound = hasRoom(readEntry(item).attributes, partitionOf(party.id), withStreets(entryText(namesOf(party)), streetsOf(party)))
  return { foundBy: [...new Set([...(party.foundBy ?? []), ...(isFound ? [storedKey(ctx, key)] : [])])], sharesName: true }
}
