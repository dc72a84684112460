import { addDays, localDate, startOfLocalDay } from '../../domain/kernel/dates.ts'
import type { TestServer } from './server.ts'

const timeZone = 'Asia/Shanghai'
const hour = 60 * 60_000

export interface Person {
  id: string
  email: string
  call: Call
}
type Call = <T = Record<string, unknown>>(method: string, path: string, body?: object) => Promise<T>

export interface Mail {
  id: string
  to: string[]
  from: string
  subject: string
  html: string
  text: string
  headers: Record<string, string>
  attachments: { filename: string; contentType: string; size: number }[]
}

export type Firm = Awaited<ReturnType<typeof openFirm>>

/** A firm of its own on a running server, made and used through the API alone. */
export async function openFirm(server: TestServer, name: string, locale: 'zh-CN' | 'en') {
  const { tenantId, adminToken } = await server.control<{ tenantId: string; adminToken: string }>('tenants', {
    name,
    timeZone,
    currency: 'CNY',
  })
  const callWith =
    (token: string): Call =>
    async (method, path, body) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
      const response = await fetch(server.api + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
      const text = await response.text()
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
      return text ? JSON.parse(text) : undefined
    }
  const admin = callWith(adminToken)
  await admin('PATCH', '/v1/tenant', { locale })
  const person = async (fields: { name: string; email: string; roles: string[]; managerId?: string }): Promise<Person> => {
    const { id } = await admin<{ id: string }>('POST', '/v1/users', fields)
    return { id, email: fields.email, call: callWith(await server.token(fields.email, tenantId)) }
  }
  const mails = async (email: string): Promise<Mail[]> => {
    const query = new URLSearchParams({ tenant: tenantId, to: email })
    return ((await (await fetch(`${server.url}/_local/mail?${query}`)).json()) as { data: Mail[] }).data
  }
  const today = localDate(new Date().toISOString(), timeZone)
  /** Runs the reminders of a day, counted from today, and waits until all is settled. */
  const remind = async (inDays = 0) => {
    const eight = Date.parse(startOfLocalDay(addDays(today, inDays), timeZone)) + 8 * hour
    await server.control('schedules/reminders/run', { time: new Date(eight).toISOString() })
    await server.control('settle')
  }
  return { tenantId, today, admin, person, mails, remind }
}

/** A customer with a follow-up due in some days, made by the person it is for. */
export async function customerOf(
  person: Person,
  fields: { name: string; phones?: string[]; level?: string },
  dueOn: string,
  subject: string,
) {
  const customer = await person.call<{ id: string }>('POST', '/v1/customers', fields)
  await person.call('POST', '/v1/follow-ups', { customerId: customer.id, dueOn, subject })
  return customer.id
}

/** The links to the page, in the order of the mail's lines. */
export const linksIn = (mail: Mail | undefined): string[] => mail?.text.match(/https?:\/\/\S+\/r\/\S+/g) ?? []
