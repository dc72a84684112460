import type { Context } from '../../kernel/context.ts'
import { findParents } from '../../store/read.ts'
import { readItems } from '../../store/read-items.ts'
import { customers } from '../customer/customer.table.ts'
import type { Customer } from '../customer/customer.ts'
import { namesInEntry } from './entry.ts'
import { searchKeys } from './name-keys.ts'
import { customersNamed } from './namesakes.ts'
import { normaliseName } from './normalise-name.ts'
import { namesOf } from './party-facts.ts'
import { entryPlace, idIn, readEntry } from './party-keys.ts'

/** An entry keeps the first 120 bytes of a customer's names: one so long may have had more. */
const maybeCut = 80
const mostRead = 40

const names = ({ name, shortName, aliases }: Customer): string[] => [name, ...(shortName ? [shortName] : []), ...(aliases ?? [])]

/**
 * The customers of exactly this name, whatever its width, case, brackets and legal form, or, where nobody has it, those of whom it is the
 * short name or an alias. Two calls; two more for what is nobody's name.
 */
export async function customersCalled(ctx: Context, name: string): Promise<string[]> {
  const named = await customersNamed(ctx, name)
  if (named.length > 0) return named
  const wanted = normaliseName(name)
  const keys = [...new Set(namesOf({ name }).flatMap((words) => searchKeys(words)))]
  const entries = await readItems(
    ctx,
    keys.map((key) => entryPlace(ctx, key)),
  )
  const isMaybe = (text: string) =>
    Buffer.byteLength(text) >= maybeCut || namesInEntry(text).some((name) => name.replaceAll(' ', '') === wanted)
  const tokens = new Set(
    entries.flatMap((entry) =>
      Object.entries(readEntry(entry).attributes).flatMap(([token, text]) => (isMaybe(text) ? [token.slice(0, 10)] : [])),
    ),
  )
  if (tokens.size === 0) return []
  const found = await findParents(ctx, customers, [...tokens].slice(0, mostRead).map(idIn))
  const called = [...found.values()].filter((customer) => names(customer).some((own) => normaliseName(own) === wanted))
  return [...new Set(called.map(({ id }) => id))]
}
