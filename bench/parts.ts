import { ageingFindings } from './ageing.ts'
import { bundleFindings } from './bundles.ts'
import { campaignFindings } from './campaign.ts'
import { cpuFindings } from './cpu.ts'
import { documentFindings } from './documents.ts'
import { duplicateCheckFindings } from './duplicate-check.ts'
import { duplicateFindings } from './duplicates.ts'
import { type Findings, together } from './figures.ts'
import { fillTenant } from './fill.ts'
import { importFindings } from './imports.ts'
import { duePerRep, type Lab } from './lab.ts'
import { listFindings } from './lists.ts'
import { orderToCashFindings } from './order-to-cash.ts'
import { priceFindings } from './price.ts'
import { reminderDay, reminderFindings } from './reminders.ts'
import { growth, requestFindings } from './requests.ts'
import { searchFindings } from './search.ts'
import { sheetFindings } from './sheets.ts'
import { sideBySideFindings } from './side-by-side/findings.ts'

/** Figures that are measured together, by the names that `--only` takes. */
export interface Part {
  ids: readonly string[]
  measure: (lab: Lab) => Promise<Findings>
}

/** All that `npm run bench` measures, in the order in which it is written down. */
export const parts: readonly Part[] = [
  { ids: ['P1', 'P2'], measure: ({ progress }) => bundleFindings(progress) },
  { ids: ['P3', 'P4', 'P5', 'P7'], measure: requests },
  { ids: ['P12', 'P15'], measure: cpuAndPrice },
  { ids: ['P9'], measure: reminders },
  { ids: ['P8'], measure: lists },
  { ids: ['P8b'], measure: search },
  { ids: ['P6'], measure: async (lab) => withEngine(lab, () => orderToCashFindings(lab.progress)) },
  { ids: ['P11'], measure: async (lab) => withEngine(lab, () => campaignFindings(lab.progress, lab.isFull ? 100_000 : 2_000)) },
  { ids: ['P13'], measure: async (lab) => withEngine(lab, () => ageingFindings(lab.progress)) },
  { ids: ['P10'], measure: async (lab) => withEngine(lab, () => duplicateCheckFindings(lab.sizes.at(-1)!, lab.progress)) },
  { ids: ['P14'], measure: async ({ progress }) => together([await documentFindings(progress), await sheetFindings(progress)]) },
  { ids: ['duplicates'], measure: ({ progress }) => duplicateFindings(progress) },
  { ids: ['side-by-side'], measure: ({ progress, crm }) => sideBySideFindings(progress, crm) },
  { ids: ['imports'], measure: ({ progress, sizes }) => importFindings(progress, Math.min(20_000, sizes.at(-1)!)) },
]

/** A part with a tenant of its own. */
async function withEngine(lab: Lab, measure: () => Promise<Findings>): Promise<Findings> {
  await lab.engine()
  return measure()
}

async function requests(lab: Lab): Promise<Findings> {
  const [tenants, costs] = [await lab.tenants(), await lab.costs()]
  const [small, large] = costs
  const compared = small && large ? [{ figures: [growth(small, large)], counts: {}, details: [] }] : []
  return together([...tenants.map((tenant, n) => requestFindings(tenant, costs[n]!)), ...compared])
}

async function cpuAndPrice(lab: Lab): Promise<Findings> {
  const [tenants, costs] = [await lab.tenants(), await lab.costs()]
  lab.progress('cpu: 5000 requests through the handler')
  const cpu = await cpuFindings(tenants.at(-1)!)
  return together([cpu, await priceFindings(tenants.at(-1)!, costs.at(-1)!, cpu.mean)])
}

async function reminders(lab: Lab): Promise<Findings> {
  const tenants = await lab.tenants()
  lab.progress('reminders: a run of each tenant')
  const found: Findings[] = []
  for (const tenant of tenants) found.push(await reminderFindings(tenant, duePerRep))
  // The same thousand due, to fewer people.
  for (const reps of [5, 1]) {
    const due = { customers: 1000, reps, duePerRep: 1000 / reps, dueOn: reminderDay }
    found.push(await reminderFindings(await fillTenant({ id: `bench-${reps}-reps`, ...due }, lab.progress), due.duePerRep))
  }
  return together(found)
}

async function lists(lab: Lab): Promise<Findings> {
  const found: Findings[] = []
  for (const tenant of await lab.tenants()) {
    lab.progress(`lists: each list and filter at ${tenant.size} customers`)
    found.push(await listFindings(tenant))
  }
  return together(found)
}

async function search(lab: Lab): Promise<Findings> {
  const tenants = await lab.tenants()
  lab.progress('search: over every customer of the largest tenant')
  return searchFindings(tenants.at(-1)!)
}
