import type { Context } from '../../kernel/context.ts'
import { defineEntity } from '../../store/entity.ts'
import { itemKey } from '../../store/entity-definition.ts'
import { externalIdGuard } from '../../store/external-id.ts'
import { encodePart, joinParts } from '../../store/keys.ts'
import type { Range } from '../../store/query.ts'
import { ttlAttribute } from '../../store/table.ts'
import type { Action, Write } from '../../store/write.ts'
import type { Import } from './import.ts'

export const allImports = ['IMP-ALL']
export const importsBy = (ownerId: string) => ['IMP-BY', ownerId]
const partitionOf = (importId: string) => ['IMP', importId]

/** In a partition of its own, with what became of its rows; lists by creation for all (gsi1) and by who imports (gsi2). */
export const imports = defineEntity<Import>({
  type: 'import',
  prefix: 'imp',
  schemaVersion: 1,
  key: (id) => ({ pk: partitionOf(id), sk: ['IMP'] }),
  gsi1: ({ id }) => ({ pk: allImports, sk: [id] }),
  gsi2: ({ id, ownerId }) => ({ pk: importsBy(ownerId), sk: [id] }),
  guards: ({ externalId }) => externalIdGuard('import', externalId),
})

/** Bytes that came and went with an import; the prefix is what the bucket forgets by. */
export const sourceAt = (ctx: Context, importId: string): string => `imports/${encodePart(ctx.tenant.id)}/${importId}/source`
export const errorsAt = (ctx: Context, importId: string): string => `imports/${encodePart(ctx.tenant.id)}/${importId}/errors.csv`

/** How long an import can be taken back, and its failures be read. */
export const keptDays = 30

const padded = (n: number, length = 9) => String(n).padStart(length, '0')
const expiry = (ctx: Context) => Math.floor(Date.parse(ctx.now()) / 1000) + keptDays * 86_400

/** Some rows in a row, done in one transaction: its record stands or falls with what the rows wrote. */
export interface GroupItem {
  run: number
  pass: number
  lane: number
  /** Place of the first one among the rows of its lane. */
  from: number
  rows: RowResult[]
  /** Nothing is written behind this place any more (seal-rows.ts). */
  sealed?: 1
}

/** What became of a row: created, updated, skipped, failed, or to be tried again later; with the record and its version. */
export interface RowResult {
  row: number
  outcome: 'created' | 'updated' | 'skipped' | 'failed' | 'later'
  id?: string
  version?: number
  /** Of a dry run: what the row would have been the only one to have, by hash. */
  claims?: string[]
}

/** Why a row failed; of rows that are one record the first, with the others and the one that was at fault. */
export interface FaultItem {
  row: number
  others?: number[]
  at?: number
  code: string
  message: string
  field?: string
}

/** The fields that an update changed, as they were. */
export interface BeforeItem {
  row: number
  id: string
  before: Record<string, unknown>
}

/** Rows that were taken back in one transaction, and those that could not be, with the reasons. */
export interface RevertItem {
  /** Place of the first one among all that are to be taken back. */
  place: number
  rows: number
  refused: FaultItem[]
}

const rangeOf = (importId: string, prefix: string[]): Range => ({ partition: partitionOf(importId), prefix })

const groupPrefix = (run: number, pass: number) => ['ROWS', String(run), String(pass)]
/** Access pattern: the groups of a pass, by lane in the order of the rows; one Query. */
export const groupsOf = (importId: string, run: number, pass: number, lane?: number, from = 0): Range => ({
  ...rangeOf(importId, lane === undefined ? groupPrefix(run, pass) : [...groupPrefix(run, pass), String(lane)]),
  ...(lane === undefined ? {} : { from: joinParts([...groupPrefix(run, pass), String(lane), padded(from)]) }),
})
/** Access pattern: the rows of a run that failed, in their order. */
export const faultsOf = (importId: string, run: number): Range => rangeOf(importId, ['ERR', String(run)])
/** Access pattern: groups that were taken back. */
export const revertsOf = (importId: string): Range => rangeOf(importId, ['REV'])

const put = (ctx: Context, importId: string, sk: string[], body: object): Action => ({
  ...itemKey(ctx, { pk: partitionOf(importId), sk }),
  put: { Item: { entity: 'import-row', [ttlAttribute]: expiry(ctx), ...body } },
})
const once = (action: Action): Action => ({ ...action, condition: 'attribute_not_exists(pk)' })
const write = (action: (ctx: Context) => Action): Write => ({ result: undefined, actions: (ctx) => [action(ctx)] })

/** Writes the group unless it is there: of two workers at the same rows one wins, whatever each put into its group. */
export const groupWrite = (importId: string, group: GroupItem): Write =>
  write((ctx) => once(put(ctx, importId, [...groupPrefix(group.run, group.pass), String(group.lane), padded(group.from)], { ...group })))

/** A group without rows, behind the last one of a lane: where it stands no other can be written, and so none behind it. */
export const sealAction = (ctx: Context, importId: string, { run, pass, lane, from }: Omit<GroupItem, 'rows'>): Action => {
  const sk = [...groupPrefix(run, pass), String(lane), padded(from)]
  return once(put(ctx, importId, sk, { run, pass, lane, from, rows: [], sealed: 1 }))
}

export const faultWrite = (importId: string, run: number, fault: FaultItem): Write =>
  write((ctx) => put(ctx, importId, ['ERR', String(run), padded(fault.row)], { ...fault }))

export const beforeWrite = (importId: string, run: number, before: BeforeItem): Write =>
  write((ctx) => put(ctx, importId, ['BEF', String(run), padded(before.row)], { ...before }))

/** Access pattern: the states before the updates of some rows; one Query. */
export const beforesOf = (importId: string, run: number, first: number, last: number): Range => ({
  partition: partitionOf(importId),
  from: joinParts(['BEF', String(run), padded(first)]),
  to: joinParts(['BEF', String(run), padded(last)]),
})

/** Marks a group of rows as taken back, in the transaction that does it. */
export const revertWrite = (importId: string, revert: RevertItem): Write =>
  write((ctx) => once(put(ctx, importId, ['REV', padded(revert.place)], { ...revert })))
