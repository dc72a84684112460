import { StaleWrite } from '../../kernel/errors.ts'
import type { Guard } from '../../store/entity-definition.ts'
import type { Entry } from '../../store/entry.ts'
import { entryText, withStreets } from './entry.ts'
import { nameGuard, taxGuard } from './guards.ts'
import { normaliseName } from './normalise-name.ts'
import { namesOf, type PartyInput, streetsOf, taxKey } from './party-facts.ts'
import { entriesOf } from './party-keys.ts'

interface KeptParty extends PartyInput {
  id: string
  foundBy?: string[] | undefined
  sharesName?: true | undefined
  foundAs?: string | undefined
}

/** The loser of a race runs again, reads the winner and is told of it (`admitParty`). */
const taken = () => new StaleWrite()

/** The hard guards: its name, unless another one stood under it first, and its tax number. */
export const partyGuards = ({ name, taxNumber, sharesName }: KeptParty): Guard[] => [
  ...(sharesName ? [] : [{ name: nameGuard, value: normaliseName(name), taken }]),
  ...(taxNumber ? [{ name: taxGuard, value: taxKey(taxNumber), taken }] : []),
]

/** Where a customer is found by those that may be the same. */
export const partyEntries = (party: KeptParty): Entry[] =>
  entriesOf(party.id, party.foundBy ?? [], withStreets(party.foundAs ?? entryText(namesOf(party)), streetsOf(party)))
