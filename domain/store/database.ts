import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { Context, Database, SystemContext } from '../kernel/context.ts'
import { type Answered, countCommand } from './capacity.ts'
import { assertWithin, sendWithin } from './firewall.ts'
import { systemPrefix, tenantPrefix } from './keys.ts'

/** Opens the table: one client whose middleware is the tenant firewall and the capacity meter. Connects on first use. */
export function openDatabase(table: string, config: DynamoDBClientConfig = {}): Database {
  const client = new DynamoDBClient({ maxAttempts: 5, ...config })
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const name = context.commandName ?? ''
      const input = args.input as Record<string, unknown>
      assertWithin(name, input)
      try {
        const answer = await next({ ...args, input: { ...input, ReturnConsumedCapacity: 'TOTAL' } as never })
        countCommand(name, answer.output as Answered)
        return answer
      } catch (error) {
        countCommand(name)
        throw error
      }
    },
    { step: 'initialize', name: 'guanxiFirewallAndMeter', priority: 'low' },
  )
  // Nobody reads the SDK's log, yet it would copy every input and output for it.
  client.middlewareStack.remove('loggerMiddleware')
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } })
  return { table, send: (command) => documents.send(command as never) }
}

/** Sends a command within the keys of the context's tenant, or within `SYS#` for the system. */
export function send<T>(ctx: Context | SystemContext, command: object): Promise<T> {
  const prefix = 'system' in ctx ? systemPrefix : tenantPrefix(ctx.tenant.id)
  return sendWithin(prefix, () => ctx.db.send(command)) as Promise<T>
}
