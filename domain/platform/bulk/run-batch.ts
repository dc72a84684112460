import type { Context } from '../../kernel/context.ts'
import { Problem, StaleWrite, within } from '../../kernel/errors.ts'
import type { KindRecord, RecordKind } from '../../kernel/record-kind.ts'
import { retryStale } from '../../store/commit.ts'
import { lastingItems } from '../../store/lasting-items.ts'
import { once } from '../../store/once.ts'
import { openReadAhead } from '../../store/read-ahead.ts'
import { openStage } from '../../store/stage.ts'
import { type Batch, type ItemOutcome, type Operation, requireOperation, runItem } from './batch.ts'
import { foreseeItems } from './foresee-items.ts'
import { winnerOf } from './upsert.ts'

type Item = Record<string, unknown>

/** Names the item of a failure. */
const ofItem = (i: number) => (error: unknown) =>
  error instanceof Problem && !(error instanceof StaleWrite) ? within(error, `/items/${i}`) : error

/** So many items are read for in one go: two calls for new customers, and what is read is not old when they are written. */
const together = 5

/** All items in one transaction. Fails with the problem of the first item that does; then nothing is done. */
async function runTogether<R extends KindRecord>(
  ctx: Context,
  kind: RecordKind<R>,
  { operation, items }: Batch,
): Promise<ItemOutcome<R>[]> {
  const ahead = openReadAhead(ctx)
  const stage = openStage(ahead.ctx)
  const outcomes: ItemOutcome<R>[] = []
  for (const [i, item] of items.entries()) {
    if (i % together === 0) await foreseeItems(ahead.foreseeing, kind, operation, items.slice(i, i + together))
    outcomes.push(await stage.attempt((staged) => runItem(staged, kind, operation, item), ofItem(i)))
    if (!stage.fits(ctx.idempotency ? 1 : 0)) throw tooLarge(i)
  }
  try {
    await stage.commit(outcomes)
  } catch (error) {
    const created = items.filter((_, i) => operation === 'upsert' && outcomes[i]?.outcome === 'created')
    throw (await wereOvertaken(ctx, kind, created, error)) ? new StaleWrite() : error
  }
  return outcomes
}

/** True when the key of an upsert that was to create is taken by now: starting again will change what took it. */
async function wereOvertaken(ctx: Context, kind: RecordKind, created: Item[], error: unknown): Promise<boolean> {
  const winners = await Promise.all(created.map(({ externalId }) => winnerOf(ctx, kind, externalId as string, error)))
  return winners.some((id) => id !== undefined)
}

const tooLarge = (maximum: number) =>
  new Problem(
    'invalid',
    'batch.too-large-for-atomic',
    `One transaction takes 100 entries of the table: the first ${maximum} of these items, not all. Send at most ${maximum} at once, or leave out atomic.`,
    { errors: [{ pointer: '/items', code: 'batch.too-large-for-atomic', message: `At most ${maximum} of these.` }], extra: { maximum } },
  )

/**
 * One item by itself. In a keyed request each item has a key of its own, which no caller can send (it has a space): when the
 * request is sent again after it broke off, what was done is answered and not done again.
 */
async function runApart<R extends KindRecord>(
  ctx: Context,
  kind: RecordKind<R>,
  operation: Operation,
  item: Item,
  i: number,
): Promise<ItemOutcome<R>> {
  const { idempotency: request, ...rest } = ctx
  const work = (own: Context) => retryStale(() => runItem(own, kind, operation, item))
  try {
    if (!request) return await work(rest)
    const answer = (result: unknown) => ({ status: 0, headers: {}, body: JSON.stringify(keptOf(operation, result)) })
    const done = await once(rest, { key: `${request.key} ${i}`, hash: request.hash, answer }, work)
    return 'result' in done ? done.result : (JSON.parse(done.answer.body) as ItemOutcome<R>)
  } catch (error) {
    if (error instanceof Problem) return { outcome: 'failed', problem: error }
    throw error
  }
}

/** What is kept with the key: a commit knows the record that it wrote, an item that wrote nothing its outcome. */
function keptOf(operation: Operation, result: unknown): ItemOutcome {
  if (!Object.hasOwn(result as object, 'id')) return result as ItemOutcome
  const record = result as KindRecord
  if (operation === 'delete') return { outcome: 'deleted' }
  return { outcome: record.version === 1 ? 'created' : 'changed', record }
}

/**
 * Does the same with many records, under the rules of one. Apart, each item succeeds or fails by itself; `atomic` does all or
 * none, 422 `batch.too-large-for-atomic` with the `maximum`. One after the other, so that later items see earlier ones.
 */
export async function runBatch<R extends KindRecord>(ctx: Context, kind: RecordKind<R>, batch: Batch): Promise<ItemOutcome<R>[]> {
  requireOperation(ctx, kind, batch.operation)
  if (batch.atomic) return runTogether(ctx, kind, batch)
  const outcomes: ItemOutcome<R>[] = []
  const lasting = lastingItems(kind.isLasting ?? (() => false))
  let ahead = openReadAhead(ctx, lasting)
  for (const [i, item] of batch.items.entries()) {
    if (i % together === 0) {
      ahead = openReadAhead(ctx, lasting)
      await foreseeItems(ahead.foreseeing, kind, batch.operation, batch.items.slice(i, i + together))
    }
    outcomes.push(await runApart(ahead.ctx, kind, batch.operation, item, i))
  }
  return outcomes
}
