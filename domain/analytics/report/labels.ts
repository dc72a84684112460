import { userNames } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { anyIdIn } from '../../kernel/ids.ts'
import { type Customer, customers } from '../../parties/index.ts'
import { productNames } from '../../sales/index.ts'
import { findParents } from '../../store/read.ts'
import { isPeriodUnit } from './period.ts'
import type { RowKey } from './report.ts'
import { reportTexts } from './report-texts.ts'

/** A key as it is answered, with its words. */
export interface Named {
  key: string | null
  label: string
}

/** The names of the keys of one grouping; a key without one stands for itself. */
export type Labels = (ctx: Context, keys: string[]) => Promise<Map<string, Named>>

const named = (words: Iterable<[string, string]>) => new Map([...words].map(([key, label]) => [key, { key, label }]))

/** Names of people. */
export const repLabels: Labels = async (ctx) => named(await userNames(ctx))

/** Names and models of products. */
export const productLabels: Labels = async (ctx, ids) => named(await productNames(ctx, ids))

/** Kinds of activities in words. */
export const kindLabels: Labels = async (ctx) => named(Object.entries(reportTexts[ctx.tenant.locale].kinds))

/** Ways of paying in words. */
export const methodLabels: Labels = async (ctx) => named(Object.entries(reportTexts[ctx.tenant.locale].methods))

/** The customers of partitions, by partition: half a unit of reading each, so only those that are shown. */
export async function customersOf(ctx: Context, partitions: readonly string[]): Promise<Map<string, Customer>> {
  const found = await findParents(ctx, customers, partitions.map(anyIdIn))
  return new Map(
    partitions.flatMap((partition) => {
      const customer = found.get(anyIdIn(partition))
      return customer ? [[partition, customer] as const] : []
    }),
  )
}

/** Customers, which reports know by their partitions. */
export const customerLabels: Labels = async (ctx, partitions) => {
  const found = await customersOf(ctx, partitions)
  const { nobody } = reportTexts[ctx.tenant.locale]
  return new Map(
    partitions.map((partition) => {
      const customer = found.get(partition)
      return [partition, { key: customer?.id ?? null, label: customer?.name ?? nobody.customer! }]
    }),
  )
}

const none: Labels = async () => new Map()

/**
 * What the keys of rows stand for, in the language of the firm. Only what is shown is looked up.
 */
export async function nameRows(
  ctx: Context,
  groupBy: readonly string[],
  rows: readonly { key: RowKey }[],
  labels: Record<string, Labels>,
): Promise<Named[][]> {
  const found = await Promise.all(
    groupBy.map((group, i) => {
      const keys = new Set(rows.flatMap(({ key }) => key[i] ?? []))
      const look = isPeriodUnit(group) ? none : (labels[group] ?? none)
      return keys.size > 0 ? look(ctx, [...keys]) : new Map<string, Named>()
    }),
  )
  const { nobody } = reportTexts[ctx.tenant.locale]
  const nameOf = (part: string | null, i: number): Named =>
    part === null ? { key: null, label: nobody[groupBy[i]!] ?? '-' } : (found[i]!.get(part) ?? { key: part, label: part })
  return rows.map(({ key }) => key.map(nameOf))
}

/** A name of a row: its key alone, or a list of two; its words. */
export const shownName = (names: Named[]): { key: string | null | (string | null)[]; label: string } => ({
  key: names.length === 1 ? names[0]!.key : names.map(({ key }) => key),
  label: names.map(({ label }) => label).join(' · '),
})
