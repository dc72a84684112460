/**
 * `npm run demo [-- --data <directory> --url <address>]`: plays the main job against a running server, through the public
 * API alone: a firm's customers come in, visits are logged, the reminder schedule fires for a day, and each rep's digest is
 * printed as it stands in the mailbox.
 */
import { parseArgs } from 'node:util'
import { localDate, startOfLocalDay } from '../../domain/kernel/dates.ts'
import { LocalProblem } from '../problem.ts'
import { apiOf } from './api.ts'
import type { Firm } from './firm.ts'
import { inventedFirm } from './invented-firm.ts'
import { loadFirm } from './load-firm.ts'
import { northwindFirm } from './northwind.ts'

const seed = 20_261_121
const inventedCustomers = 200
const reminderHour = 8
const hourMs = 60 * 60_000

interface Mail {
  to: string[]
  subject: string
  text: string
}

try {
  await play()
} catch (error) {
  console.error(error instanceof LocalProblem ? error.message : error)
  process.exitCode = 1
}

async function play(): Promise<void> {
  const { data, url } = flags()
  const firm = data ? northwindFirm(data) : inventedFirm(seed, inventedCustomers)
  const server = apiOf(url)
  const day = localDate(new Date().toISOString(), firm.timeZone)
  const { tenantId, adminToken } = await server<{ tenantId: string; adminToken: string }>('POST', '/_local/tenants', tenantOf(firm))
  const admin = apiOf(url, adminToken)
  await admin('PATCH', '/v1/tenant', { locale: firm.locale, reminderHour })
  console.log(`${firm.name}, tenant ${tenantId}, at ${url}`)
  await loadFirm(firm, { url, tenantId, admin, day })
  await server('POST', '/_local/schedules/reminders/run', {
    time: new Date(Date.parse(startOfLocalDay(day, firm.timeZone)) + reminderHour * hourMs).toISOString(),
  })
  await server('POST', '/_local/settle')
  await printDigests(firm, tenantId, url)
}

function flags(): { data?: string | undefined; url: string } {
  const port = process.env.PORT ?? '4000'
  try {
    const { data, url } = parseArgs({ options: { data: { type: 'string' }, url: { type: 'string' } } }).values
    return { data, url: url ?? `http://127.0.0.1:${port}` }
  } catch (error) {
    throw new LocalProblem(`${(error as Error).message} Known are --data <directory> and --url <address>.`)
  }
}

function tenantOf({ name, timeZone, currency }: Firm) {
  return { name, timeZone, currency }
}

async function printDigests(firm: Firm, tenantId: string, url: string): Promise<void> {
  let mails = 0
  for (const person of firm.people) {
    const query = new URLSearchParams({ tenant: tenantId, to: person.email })
    const { data } = await apiOf(url)<{ data: Mail[] }>('GET', `/_local/mail?${query}`)
    console.log(`\n${'─'.repeat(78)}\n${person.name} <${person.email}>: ${data.length === 0 ? 'nothing due, no mail' : data[0]!.subject}\n`)
    for (const mail of data) console.log(mail.text)
    mails += data.length
  }
  console.log(
    `${'─'.repeat(78)}\n${firm.customers.length} customers, ${firm.people.length} people, ${mails} digests. The mails as they look: ${url}/_local/mailbox`,
  )
}
