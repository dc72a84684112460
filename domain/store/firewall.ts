import { AsyncLocalStorage } from 'node:async_hooks'

/**
 * Refuses every command whose keys are not those of the tenant (or, for the system, of `SYS#`) it was sent for.
 * The store names the prefix with each command; a command without one is refused too. This is the second lock:
 * keys are built with the tenant in one place, and a mistake there stops here, in tests and in production.
 */
const allowedPrefix = new AsyncLocalStorage<string>()

/** Runs `send` with keys of that prefix alone; any other is refused by the middleware of the client. */
export const sendWithin = <T>(prefix: string, send: () => Promise<T>): Promise<T> => allowedPrefix.run(prefix, send)

type Input = Record<string, unknown>

/** All partition keys that a command touches, from its marshalled or plain input. */
function partitionsOf(input: Input): unknown[] {
  const found: unknown[] = []
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const inner of value) visit(inner)
    else if (value && typeof value === 'object') visitAction(value as Input)
  }
  const visitAction = (action: Input): void => {
    if (action.Key) found.push((action.Key as Input).pk)
    if (action.Item) found.push((action.Item as Input).pk)
    if (action.Keys) for (const key of action.Keys as Input[]) found.push(key.pk)
    if (action.KeyConditionExpression) found.push((action.ExpressionAttributeValues as Input | undefined)?.[':pk'])
    if (action.TransactItems) for (const item of action.TransactItems as Input[]) visit(Object.values(item))
    if (action.RequestItems) visit(Object.values(action.RequestItems))
    if (action.PutRequest ?? action.DeleteRequest) visit([action.PutRequest, action.DeleteRequest])
  }
  visitAction(input)
  return found
}

const textOf = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value
  const marshalled = value as { S?: unknown } | undefined
  return typeof marshalled?.S === 'string' ? marshalled.S : undefined
}

/** Throws unless every partition key of the command lies behind the prefix it was sent for. */
export function assertWithin(commandName: string, input: Input): void {
  const prefix = allowedPrefix.getStore()
  const partitions = partitionsOf(input)
  if (prefix === undefined || partitions.length === 0) throw new Error(`firewall: ${commandName} was sent without a tenant or without keys`)
  for (const partition of partitions)
    if (!textOf(partition)?.startsWith(prefix)) throw new Error(`firewall: ${commandName} left the keys it may reach`)
}
