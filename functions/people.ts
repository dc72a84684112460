import { eraseUser, leftUser } from '../domain/identity/user/erase-user.ts'
import { Problem } from '../domain/kernel/errors.ts'
import { partitionOf } from '../domain/kernel/ids.ts'
import type { Lead } from '../domain/marketing/lead/lead.ts'
import { eraseLeads, leadOf, leadsThatBecame } from '../domain/marketing/lead/lead-person.ts'
import { contactAndFirm, eraseContact, saidWith } from '../domain/parties/contact/contact-person.ts'
import type { Person } from '../domain/platform/person/person.ts'
import type { PersonKind } from '../domain/platform/person/person-kind.ts'

type Known = {
  name: string
  email?: string | undefined
  wechat?: string | undefined
  qq?: string | undefined
  phones?: string[] | undefined
}
type Words = Pick<Person, 'names' | 'accounts' | 'phones'>

const known = (values: (string | undefined)[]): string[] => [...new Set(values.filter((value) => value !== undefined))]

const wordsOf = (records: Known[]): Words => ({
  names: known(records.map(({ name }) => name)),
  accounts: known(records.flatMap(({ email, wechat, qq }) => [email, wechat, qq])),
  phones: known(records.flatMap(({ phones = [] }) => phones)),
})
const knownOf = ({ name, email, wechat, phone }: Lead): Known => ({ name, email, wechat, phones: phone ? [phone] : [] })
const addresses = ({ accounts }: Person): string[] => accounts.filter((account) => account.includes('@'))

const contact: PersonKind = {
  prefix: 'con',
  read: async (ctx, id) => {
    const { contact: record, firm } = await contactAndFirm(ctx, id)
    const leads = await leadsThatBecame(ctx, id, record.customerId)
    const firms = firm ? known([firm.name, firm.shortName, ...(firm.aliases ?? [])]) : []
    return {
      ids: [id, ...leads.map((lead) => lead.id)],
      ...wordsOf([record, ...leads.map(knownOf)]),
      home: partitionOf(id),
      firms,
      said: await saidWith(ctx, id),
    }
  },
  remove: async (ctx, person) => {
    await eraseLeads(ctx, person.ids.slice(1), addresses(person))
    await eraseContact(ctx, person.ids[0]!)
  },
}

const lead: PersonKind = {
  prefix: 'led',
  read: async (ctx, id) => ({ ids: [id], ...wordsOf([knownOf(await leadOf(ctx, id))]), firms: [] }),
  remove: (ctx, person) => eraseLeads(ctx, person.ids, addresses(person)),
}

const user: PersonKind = {
  prefix: 'usr',
  read: async (ctx, id) => ({ ids: [id], ...wordsOf([await leftUser(ctx, id)]), firms: [ctx.tenant.name] }),
  remove: (ctx, { ids }) => eraseUser(ctx, ids[0]!),
}

/** Who can be erased and exported: a contact, a lead, a user who left. 404 for an id of something else. */
export function personKind(id: string): PersonKind {
  const kind = [contact, lead, user].find(({ prefix }) => id.startsWith(`${prefix}_`))
  if (!kind) throw new Problem('not-found', 'person.not-found', 'A person is a contact (con_…), a lead (led_…) or a user (usr_…).')
  return kind
}
