import type { Context } from './context.ts'
import type { ListInput, ListSpec, Page } from './paging.ts'
import type { KindRecord, RecordKind } from './record-kind.ts'
import type { Tree } from './search-tree.ts'
import type { Locale } from './text.ts'

/** What stands in a cell of a sheet. */
export type Cell = string | number | boolean | null

/** A record in flat fields, as one row of a sheet. */
export type Row = Record<string, Cell>

/** A column that a sheet of the kind may have. */
export interface TransferField {
  /** Flat name; a part of something larger is `address.city`. */
  name: string
  /** Its heading in exports; imports recognise it. */
  label: Record<Locale, string>
  /** Other headings that imports recognise. */
  spellings?: readonly string[]
  /** The value of a cell that is not empty; left out where the column is for exports alone. Fails with a sentence about it. */
  read?(ctx: Context, text: string): unknown
  /** Several columns may bring parts of a list. */
  many?: boolean
  /** The field of the resource whose value it shows; left out: the name, up to its dot. */
  of?: string
  /** A moment, shown as the firm's clocks show it. */
  moment?: boolean
}

/** What an export looks for, as a search of the API does (docs/search.md). */
export interface SheetSearch {
  text?: string | undefined
  where?: Tree | undefined
  sort?: string | undefined
  viewId?: string | undefined
}

/** How an export finds the records of a kind, under the rules of the API's search. */
export interface SheetSource<R> {
  /** Fails as the search would; answers the fields of the resource that its saved view shows. */
  check(ctx: Context, search: SheetSearch): Promise<readonly string[] | undefined>
  /** The ids of everything that it finds, in its order. */
  ids(ctx: Context, search: SheetSearch): Promise<string[]>
  /** The records of such ids, in their order, but for those that the caller does not see any more. */
  read(ctx: Context, ids: readonly string[]): Promise<R[]>
}

/** What the cells of a row say, by the name of the field. */
export type Values = Record<string, unknown>

/** A row that seems to be the same record as another one, and why, in sentences. */
export interface AlikeRow {
  row: number
  name: string
  reasons: string[]
}

/** Rows of a file of which nothing is written yet by which a later row could be found to be the same. */
export interface AlikeRows<V = Values> {
  add(row: number, values: V): Promise<void>
  /** The rows of lower numbers that seem to be the same record. */
  earlier(row: number, values: V): Promise<AlikeRow[]>
  forget(row: number): void
}

/**
 * A kind of record that comes in and goes out in sheets. Each context declares its own; imports and exports are given them
 * and know no noun.
 */
export interface TransferKind<R extends KindRecord = KindRecord> {
  kind: RecordKind<R>
  /** What its sheets are called. */
  label: Record<Locale, string>
  fields: readonly TransferField[]
  /** Fields without which nothing can be created, each with its alternatives. */
  required: readonly (readonly string[])[]
  /** Finds the records that a row may mean, by the fields that tell. */
  matchers: Record<string, (ctx: Context, values: Values) => Promise<string[]>>
  /** Of the matchers those that are asked for every row, whatever an import says: what they find is the record of the row. */
  alwaysBy?: readonly string[]
  /** True for a row that says nothing to import, such as money that went out in a bank file; it counts as skipped. */
  passesOver?(values: Values, mapped: ReadonlySet<string>): boolean
  /** The input of the use case from the values of a row: links are found, parts put together. `current` where it is a change. */
  compose(ctx: Context, values: Values, current?: R): Promise<Record<string, unknown>>
  /** Fields that link to records of the same kind: such a row may wait for a later one. */
  selfLinks?: readonly string[]
  /**
   * Columns by which rows are told apart, the first that is mapped: rows that may concern the same record are done one after
   * the other, the rest at the same time. Left out: all rows are done in their order.
   */
  apartBy?: readonly string[]
  /**
   * Rows that a create would take for one another without their being equal. `shared` is the guard of a value that two records
   * may have all the same where the import says so.
   */
  alike?: { rows(ctx: Context): AlikeRows; shared: string }
  /**
   * Columns whose value makes rows one record, the first that is mapped: its fields are said by the first row that says them, and each
   * row is one of its lines, whose fields are called `line.…` and are composed as `lines`. Such a record is written whole or not at all.
   */
  groupBy?: readonly string[]
  /** A reason why a record that an import created cannot be taken back, other than a change of its own. */
  inUse?(ctx: Context, record: R): Promise<string | undefined>
  /** Takes back what was created where records are not deleted. */
  takeBack?(ctx: Context, input: { id: string; ifMatch: string }): Promise<unknown>
  /** Its search. Left out: it is exported whole, as its list shows it. */
  search?: SheetSource<R>
  /** Its list. With `whole` an export that looks for nothing reads this, and not the search. */
  list: { spec: ListSpec; read(ctx: Context, input: ListInput): Promise<Page<R>>; whole?: boolean }
  /** It goes out in sheets and does not come in by them. */
  exportOnly?: true
  /** A record as the caller may see it. */
  present(ctx: Context, record: R): object
  /** Records that were presented, as rows. */
  flatten(ctx: Context, records: object[]): Promise<Row[]>
}
