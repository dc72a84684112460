import { expect, test } from 'vitest'
import { listLeads } from '../../../domain/marketing/lead/list-leads.ts'
import { createSuppression } from '../../../domain/marketing/suppression/change-suppression.ts'
import { callAs } from '../../support/api.ts'
import { exported, exporter } from '../../support/exports.ts'
import { csvOf, faultsOf, imported, importer, reverted } from '../../support/imports.ts'
import { newTenant } from '../../support/tenant.ts'

const tenant = await newTenant({ locale: 'en' })
const rep = await tenant.user('rep', { name: 'Li Lei' })
const [who, out] = await Promise.all([importer(tenant, tenant.admin), exporter(tenant, tenant.admin)])
const leadsCalled = async (name: string) =>
  (await listLeads(who.ctx, { limit: 100, sort: 'createdAt', filter: {} })).data.filter((lead) => lead.name === name)
/** Rows of an export as records of the columns asked for. */
const rowsOf = async (kind: string, ...headings: string[]) => {
  const [first, ...rows] = await exported(out, { kind })
  return rows.map((cells) => headings.map((heading) => cells[first!.indexOf(heading)]))
}
const leadHeadings = [
  'ID',
  'External ID',
  'Name',
  'E-mail',
  'Phone',
  'Source',
  'Owner',
  'Consent given',
  'Consent by',
  'Consent text',
  'Times',
]

test('leads come in with their owner and consent, go out as they are, and change by the row that names them', async () => {
  const sheet = csvOf(
    ['External ID', 'Name', 'E-mail', 'Phone', 'Source', 'Owner e-mail', 'Consent given', 'Consent by', 'Consent text'],
    ['L-1', 'Fair One', 'one@fair.example', '0512-1234567', 'fair', rep.email, '2026-11-01 09:00', 'booth', 'v2'],
    ['L-2', 'Fair Two', 'two@fair.example', '', '', '', '', '', ''],
  )
  await imported(who, 'leads', sheet)

  const [one, two] = (await rowsOf('leads', ...leadHeadings)).sort(([, a], [, b]) => a!.localeCompare(b!))
  const [id] = one!
  const byId = await imported(who, 'leads', csvOf(['ID', 'Name', 'Source', 'Phone'], [id!, 'Fair 1', 'web', '0512-7654321']), {
    matchBy: ['id'],
    onMatch: 'update',
  })
  const byKey = await imported(who, 'leads', csvOf(['External ID', 'Name'], ['L-2', 'Fair 2']), {
    matchBy: ['externalId'],
    onMatch: 'update',
  })
  const unknown = await imported(who, 'leads', csvOf(['ID', 'Name'], ['led_01JD8ZQ4T5M6N7P8Q9R0S1T2V3', 'x']), { matchBy: ['id'] })

  expect(one!.slice(1)).toEqual([
    'L-1',
    'Fair One',
    'one@fair.example',
    '0512-1234567',
    'fair',
    'Li Lei',
    '2026-11-01 09:00:00',
    'booth',
    'v2',
    '1',
  ])
  expect(two!.slice(4)).toEqual(['', '', '', '', '', '', '1'])
  expect([byId.rows, byKey.rows]).toMatchObject([{ updated: 1 }, { updated: 1 }])
  expect(await faultsOf(who, unknown.id)).toEqual([['2', 'row.id-unknown', 'id']])
  expect(await leadsCalled('Fair 1')).toMatchObject([{ source: 'fair', phone: '0512-7654321', ownerId: rep.id }])
})

test('an import of leads is taken back, but for those that have become customers', async () => {
  const done = await imported(
    who,
    'leads',
    csvOf(['Name', 'Company', 'E-mail'], ['Stays', 'Brightwater Pumps', 's@x.example'], ['Goes', 'Y', 'g@x.example']),
  )
  const [lead] = await leadsCalled('Stays')
  const converted = await callAs(tenant.id, tenant.admin)(`/v1/leads/${lead!.id}/convert`, { body: {} })

  const after = await reverted(who, done.id)

  expect(converted.status).toBe(200)
  expect(after.reverted).toMatchObject({ reverted: 1, refused: 1 })
  expect([(await leadsCalled('Stays')).length, (await leadsCalled('Goes')).length]).toEqual([1, 0])
})

test('suppressions come in again by their id and key: what was noted changes, whom they are of does not', async () => {
  await createSuppression(who.ctx, {
    email: 'a@harbour.example',
    scope: 'list:news',
    reason: 'manual',
    externalId: 'S-1',
    note: 'fair',
  } as never)
  const [row] = await rowsOf('suppressions', 'ID', 'External ID', 'E-mail', 'Scope', 'Reason', 'Note')

  const byId = await imported(
    who,
    'suppressions',
    csvOf(['ID', 'E-mail', 'Scope', 'Note'], [row![0]!, 'a@harbour.example', 'list:news', 'b']),
    { matchBy: ['id'], onMatch: 'update' },
  )
  const added = await imported(who, 'suppressions', csvOf(['External ID', 'E-mail', 'Scope'], ['S-2', 'b@harbour.example', 'list:news']), {
    matchBy: ['externalId'],
  })

  expect(row!.slice(1)).toEqual(['S-1', 'a@harbour.example', 'list:news', 'manual', 'fair'])
  expect([byId.rows, added.rows]).toMatchObject([{ updated: 1 }, { created: 1 }])
  expect(await rowsOf('suppressions', 'External ID', 'E-mail', 'Scope', 'Note')).toEqual(
    expect.arrayContaining([
      ['S-1', 'a@harbour.example', 'list:news', 'b'],
      ['S-2', 'b@harbour.example', 'list:news', ''],
    ]),
  )
})

test('a sheet of leads whose source is a campaign there is not names the row', async () => {
  const done = await imported(who, 'leads', csvOf(['Name', 'Campaign ID'], ['Nobody', 'cmp_01JD8ZQ4T5M6N7P8Q9R0S1T2V3']))

  expect(await faultsOf(who, done.id)).toEqual([['2', 'campaign.not-found', 'campaignId']])
})
