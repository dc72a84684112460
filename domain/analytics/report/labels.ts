import { userNames } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { isPeriodUnit } from './period.ts'
import type { RowKey } from './report.ts'
import { reportTexts } from './report-texts.ts'

/** The words for the keys of one grouping; a key without words stands for itself. */
export type Labels = (ctx: Context, keys: string[]) => Promise<Map<string, string>>

const itself: Labels = async () => new Map()

/** Names of people. */
export const repLabels: Labels = (ctx) => userNames(ctx)

/** Kinds of activities in words. */
export const kindLabels: Labels = async (ctx) => new Map(Object.entries(reportTexts[ctx.tenant.locale].kinds))

/**
 * The words of rows, in the language of the firm: what each key of a row stands for. Only what is shown is looked up.
 */
export async function labelRows(
  ctx: Context,
  groupBy: readonly string[],
  rows: readonly { key: RowKey }[],
  labels: Record<string, Labels>,
): Promise<string[][]> {
  const words = await Promise.all(
    groupBy.map((group, i) => {
      const keys = new Set(rows.flatMap(({ key }) => key[i] ?? []))
      const look = isPeriodUnit(group) ? itself : (labels[group] ?? itself)
      return keys.size > 0 ? look(ctx, [...keys]) : new Map<string, string>()
    }),
  )
  const { nobody } = reportTexts[ctx.tenant.locale]
  return rows.map(({ key }) => key.map((part, i) => (part === null ? (nobody[groupBy[i]!] ?? '-') : (words[i]!.get(part) ?? part))))
}
