import { QueryCommand } from '@aws-sdk/client-dynamodb'
import type { Context } from '../kernel/context.ts'
import { send } from './database.ts'
import { type KeyParts, tenantKey } from './keys.ts'

/** An item as it comes over the wire: strings, and numbers as text. */
export type RawItem = Record<string, { S?: string; N?: string }>

/** What of a command of the SDK the taking of items needs. */
interface Taking {
  middlewareStack: { add(middleware: never, options: object): void }
}

/**
 * Takes the list of that name out of an answer before the SDK looks at it. Who reads a hundred thousand small items in one request pays
 * mostly for parsing; as JSON it takes a fifth of what the SDK's own way takes. Errors, retries and capacity stay the SDK's.
 */
export function takingItems<T>(command: Taking, name: string): T[] {
  const taken: T[] = []
  const middleware = (next: (args: object) => Promise<{ response: unknown }>) => async (args: object) => {
    const answer = await next(args)
    const response = answer.response as { statusCode: number; body: AsyncIterable<Uint8Array> | Uint8Array }
    if (response.statusCode !== 200) return answer
    const chunks: Uint8Array[] = []
    if (response.body instanceof Uint8Array) chunks.push(response.body)
    else for await (const chunk of response.body) chunks.push(chunk)
    const { [name]: items, ...rest } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>
    for (const item of (items as T[] | undefined) ?? []) taken.push(item)
    response.body = Buffer.from(JSON.stringify(rest))
    return answer
  }
  command.middlewareStack.add(middleware as never, { step: 'deserialize', priority: 'low', name: 'guanxiTakeItems' })
  return taken
}

/** All small items of a partition, or of a range of it, in pages of up to 1 MB; of each only the attributes named. The reading ends when `take` throws. */
export async function readRaw<T = RawItem>(
  ctx: Context,
  partition: KeyParts,
  attributes: readonly string[],
  take: (page: T[]) => void,
  range?: { from: string; to: string },
): Promise<void> {
  let after: Record<string, { S: string }> | undefined
  do {
    const names = Object.fromEntries(attributes.map((name, i) => [`#a${i}`, name]))
    const command = new QueryCommand({
      TableName: ctx.db.table,
      KeyConditionExpression: range ? '#pk = :pk AND #sk BETWEEN :from AND :to' : '#pk = :pk',
      ProjectionExpression: Object.keys(names).join(', '),
      ExpressionAttributeNames: { '#pk': 'pk', ...(range ? { '#sk': 'sk' } : {}), ...names },
      ExpressionAttributeValues: {
        ':pk': { S: tenantKey(ctx, partition) },
        ...(range ? { ':from': { S: range.from }, ':to': { S: range.to } } : {}),
      },
      ExclusiveStartKey: after,
    })
    const items = takingItems<T>(command, 'Items')
    const answer = await send<{ LastEvaluatedKey?: Record<string, { S: string }> }>(ctx, command)
    after = answer.LastEvaluatedKey
    take(items)
  } while (after)
}

/** The item with its values as they are in a program. */
export function plainItem(raw: RawItem): Record<string, string | number> {
  const item: Record<string, string | number> = {}
  for (const name of Object.keys(raw)) {
    const { S, N } = raw[name]!
    if (S !== undefined) item[name] = S
    else if (N !== undefined) item[name] = Number(N)
  }
  return item
}
