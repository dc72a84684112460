import { localDate } from '../../domain/kernel/dates.ts'
import type { LocalSystem } from '../system.ts'
import { apiOf } from './api.ts'
import { demoEmail, demoTenant } from './demo-tenant.ts'
import type { Firm } from './firm.ts'
import { inventedFirm } from './invented-firm.ts'
import { loadFirm } from './load-firm.ts'

const seed = 7
const customers = 40

/** `npm start -- --demo`: customers of the demo tenant's rep, with visits and next contacts, unless there are any. */
export async function ensureDemoCustomers({ url, identity, issuer }: LocalSystem): Promise<void> {
  const tokenOf = async (email: string) => issuer.issue(await identity.subject(demoTenant, email))
  const admin = apiOf(url, await tokenOf(demoEmail('admin')))
  const { data } = await admin<{ data: unknown[] }>('GET', '/v1/customers?limit=1')
  if (data.length > 0) return
  const invented = inventedFirm(seed, customers)
  const rep = { email: demoEmail('rep'), name: '', department: '', roles: ['rep'] }
  const firm: Firm = { ...invented, people: [rep], customers: invented.customers.map((customer) => ({ ...customer, owner: rep.email })) }
  await loadFirm(firm, { url, tenantId: demoTenant, admin, day: localDate(new Date().toISOString(), firm.timeZone) })
}
