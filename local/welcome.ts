import { demoEmail, demoPeople, demoTenant } from './demo/demo-tenant.ts'
import type { LocalSystem } from './system.ts'

const dayMs = 24 * 60 * 60_000

/** What `npm start` prints: addresses, a token per role, and lines that show the main job. */
export async function welcome({ url, queuesEndpoint, identity, issuer }: LocalSystem, dataDir: string): Promise<string> {
  const tokenOf = async (email: string) => issuer.issue(await identity.subject(demoTenant, email))
  const tokens = await Promise.all(demoPeople.map(async ({ role }) => ({ role, token: await tokenOf(demoEmail(role)) })))
  const rep = tokens.find(({ role }) => role === 'rep')!.token
  return `
Guanxi on this machine

  API      ${url}/v1
  Docs     ${url}/docs
  Mailbox  ${url}/_local/mailbox
  Queues   ${queuesEndpoint}   (AWS_ENDPOINT_URL_SQS for npm run redrive)
  Data     ${dataDir}   (npm start -- --fresh begins anew)

Tokens of the demo tenant, good for 12 hours

${tokens.map(({ role, token }) => `  ${role.padEnd(10)} ${token}`).join('\n')}

Worth trying: a customer to contact tomorrow, tomorrow morning's reminders, and the mail they make

${tryLines(url, rep).join('\n\n')}

Ctrl-C stops it.
`
}

function tryLines(url: string, token: string): string[] {
  const tomorrow = new Date(Date.now() + dayMs).toISOString().slice(0, 10)
  const customer = JSON.stringify({ name: `长江贸易有限公司 ${tomorrow}`, nextContactOn: tomorrow })
  return [
    `curl -s ${url}/v1/customers -H 'Authorization: Bearer ${token}' -H 'Content-Type: application/json' -H 'Idempotency-Key: welcome-${tomorrow}' -d '${customer}'`,
    `curl -s ${url}/_local/schedules/reminders/run -d '{"time":"${tomorrow}T00:00:00Z"}' && curl -s -X POST ${url}/_local/settle`,
    `curl -s '${url}/_local/mail?tenant=${demoTenant}&to=${demoEmail('rep')}'`,
  ]
}
