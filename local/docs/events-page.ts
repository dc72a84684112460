import * as z from 'zod'
import { detailTypeOf, type EventDefinition } from '../../events/define.ts'
import { eventsByContext } from '../../events/registry.ts'

const head = `# Events

Made by \`npm run docs\` from \`events/\`. Every change publishes its event in the same transaction that writes it: the event is the
audit entry (\`GET /v1/events\`), the customer's timeline entry, and what other programs hear.

On the bus: source \`guanxi\`, detail type \`<name>.v<version>\`, detail

\`\`\`json
{ "id": "evt_…", "name": "customer.changed", "version": 1, "tenantId": "…", "at": "2026-11-21T01:30:00.000Z",
  "actor": { "kind": "user", "id": "usr_…" }, "subject": { "type": "customer", "id": "cus_…" }, "customerId": "cus_…",
  "data": { "changed": ["level"] }, "requestId": "req_…" }
\`\`\`

\`customerId\` is there when the event belongs to a customer. \`data\` holds ids and names of fields, never what a person wrote.
An event may arrive twice and out of order: know it by its \`id\`. A version is never changed; a new shape gets a new version.
`

interface Member {
  type?: string
  items?: Member
  enum?: string[]
  anyOf?: Member[]
  properties?: Record<string, Member>
}

const typeOf = (member: Member): string =>
  member.anyOf?.map(typeOf).join(' or ') ??
  member.enum?.map((value) => `\`${value}\``).join(', ') ??
  (member.items ? `list of ${typeOf(member.items)}` : (member.type ?? 'anything'))

function dataOf(event: EventDefinition): string {
  const { properties = {} } = z.toJSONSchema(event.data) as Member
  const members = Object.entries(properties).map(([name, member]) => `\`${name}\` (${typeOf(member)})`)
  return members.length > 0 ? members.join(', ') : 'nothing'
}

const row = (event: EventDefinition): string =>
  `| \`${detailTypeOf(event)}\` | ${event.summary} | ${dataOf(event)} | \`${JSON.stringify(event.sample)}\` |`

const inOrder = (events: EventDefinition[]) => [...events].sort((a, b) => (detailTypeOf(a) < detailTypeOf(b) ? -1 : 1))

const section = ([context, events]: [string, EventDefinition[]]): string =>
  [`## ${context}`, '', '| event | when | data | sample |', '|---|---|---|---|', ...inOrder(events).map(row), ''].join('\n')

/** docs/events.md: every event the product publishes. */
export const eventsPage = (): string => [head, ...Object.entries(eventsByContext).map(section)].join('\n')
