import type { Context } from '../../kernel/context.ts'
import { isAbsent } from '../../kernel/packed.ts'
import { digitsOf, folded } from '../../kernel/search-fields.ts'
import { type Judge, maybe, no, yes } from '../../kernel/search-tree.ts'
import type { Contact } from '../contact/contact.ts'
import { cardPart, customerOfCard } from '../contact/contact-card.ts'
import type { CardRow } from './fields.ts'
import { type Meter, readSources, type Source } from './read-sources.ts'
import { allBits, bitsOf, type Word } from './words.ts'

const { name, title, email, phones } = cardPart

const bitsOfCard = (words: readonly Word[], { parts }: CardRow): number =>
  bitsOf(words, { texts: [parts[name]!, parts[title]!, parts[email]!], phones: [parts[phones]!], names: [parts[name]!] })

/** Whether the words are found in name, title, e-mail and phones of a contact's card. */
export function contactCardText(words: readonly Word[]): Judge<CardRow> {
  const wanted = allBits(words)
  return (row) => {
    if (bitsOfCard(words, row) === wanted) return yes
    return [name, title, email, phones].some((part) => isAbsent(row.parts, part)) ? maybe : no
  }
}

/** The same of a whole record. */
export const contactText =
  (words: readonly Word[]) =>
  (contact: Contact): boolean => {
    const texts = [contact.name, contact.title ?? '', contact.email ?? ''].map(folded)
    return bitsOf(words, { texts, phones: (contact.phones ?? []).map(digitsOf), names: texts.slice(0, 1) }) === allBits(words)
  }

/** Which words are found in the contacts of each customer, by the customer's partition. */
export async function contactBits(ctx: Context, meter: Meter, words: readonly Word[], sources: Source[]): Promise<Map<string, number>> {
  const found = new Map<string, number>()
  await readSources(ctx, meter, 'con', sources, (row) => {
    const bits = bitsOfCard(words, row)
    if (bits === 0) return
    const partition = customerOfCard(row)
    found.set(partition, (found.get(partition) ?? 0) | bits)
  })
  return found
}
