import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb'
import type { Context, Database, SystemContext } from '../kernel/context.ts'
import { type Answered, countCommand, placeInSeries } from './capacity.ts'
import { assertWithin, sendWithin } from './firewall.ts'
import { systemPrefix, tenantPrefix } from './keys.ts'
import { sendPlain } from './plain-commands.ts'
import { sparing } from './sparing-client.ts'
import { wired } from './wire-client.ts'

/** Gives the credentials for a tenant's items; without it the function's own are used. */
export type CredentialsOfTenant = (
  tenantId: string,
) => () => Promise<{ accessKeyId: string; secretAccessKey: string; sessionToken?: string; expiration?: Date }>

const mostClients = 200

/** One client whose middleware is the tenant firewall and the capacity meter. Connects on first use. */
function openClient(config: DynamoDBClientConfig): DynamoDBClient {
  const client = wired(new DynamoDBClient({ maxAttempts: 5, ...sparing, ...config }))
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const name = context.commandName ?? ''
      const input = args.input as Record<string, unknown>
      assertWithin(name, input)
      const place = placeInSeries()
      try {
        const answer = await next({ ...args, input: { ...input, ReturnConsumedCapacity: 'TOTAL' } })
        countCommand(name, place, answer.output as Answered)
        return answer
      } catch (error) {
        countCommand(name, place)
        throw error
      }
    },
    { step: 'initialize', name: 'guanxiFirewallAndMeter', priority: 'low' },
  )
  return client
}

/** Opens the table: one client for all, or with `credentialsOf` one per tenant, which IAM fences in, and one for `SYS#`. */
export function openDatabase(table: string, config: DynamoDBClientConfig = {}, credentialsOf?: CredentialsOfTenant): Database {
  const shared = openClient(config)
  const clients = new Map<string, DynamoDBClient>()
  const clientOf = (tenantId: string | undefined): DynamoDBClient => {
    if (!credentialsOf || tenantId === undefined) return shared
    const known = clients.get(tenantId)
    if (known) return known
    if (clients.size >= mostClients) clients.clear()
    const client = openClient({ ...config, credentials: credentialsOf(tenantId) })
    clients.set(tenantId, client)
    return client
  }
  return {
    table,
    send: (command, tenantId) => sendPlain(clientOf(tenantId), command),
  }
}

/** Sends a command within the keys of the context's tenant, or within `SYS#` for the system. */
export function send<T>(ctx: Context | SystemContext, command: object): Promise<T> {
  const tenantId = 'system' in ctx ? undefined : ctx.tenant.id
  const prefix = tenantId === undefined ? systemPrefix : tenantPrefix(tenantId)
  return sendWithin(prefix, () => ctx.db.send(command, tenantId)) as Promise<T>
}
