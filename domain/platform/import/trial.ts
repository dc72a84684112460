import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { sha256 } from '../../kernel/signing.ts'
import type { AlikeRows } from '../../kernel/transfer-kind.ts'
import type { Stage } from '../../store/stage.ts'
import type { Action } from '../../store/write.ts'
import type { SheetRow } from '../sheet/source.ts'
import type { Done } from './import-row.ts'
import type { Plan } from './plan.ts'
import { cellValues } from './row-values.ts'

/**
 * What a dry run knows of the rows before: it writes nothing that a later row could run into. What a row would be the only one to
 * have is kept with its result; how it looks is read from the file again when the work is taken up.
 */
export interface Trial {
  /** Hashes of what earlier rows would have been the only ones to have, with their numbers. */
  claimed: Map<string, number>
  alike?: AlikeRows
}

/** A dry run that goes on behind rows which claimed these values. */
export function trialOf(ctx: Context, { kind }: Plan, claimed: Map<string, number>): Trial {
  return { claimed, ...(kind.alike ? { alike: kind.alike.rows(ctx) } : {}) }
}

/** Keeps in mind how a row looks; one that cannot be read fails by itself. */
export async function noteRow(ctx: Context, { alike }: Trial, plan: Plan, row: SheetRow): Promise<void> {
  if (!alike) return
  try {
    await alike.add(row.row, cellValues(ctx, plan, row))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
  }
}

/** What the staged records would be the only ones to have. */
export const guardsOf = (stage: Stage): Action[] => stage.actions().filter(({ put }) => put?.Item.entity === 'guard')

const inFile = (detail: string) => new Problem('conflict', 'row.duplicate-in-file', detail)

/** An earlier row that a create would take for the same record; nothing for a row that is no new one. */
async function likeEarlier(ctx: Context, { alike }: Trial, plan: Plan, row: SheetRow, { result }: Done): Promise<Problem | undefined> {
  const [earlier] = (result.outcome === 'created' && (await alike?.earlier(row.row, cellValues(ctx, plan, row)))) || []
  if (!earlier) return undefined
  const { row: other, name, reasons } = earlier
  return inFile(`Row ${other} of this file, ${name}, seems to be the same. ${reasons.join(' ')} Remove one of the two, or say onDuplicate.`)
}

/** Fails where an earlier row would have what only one record may have. `taken` is what this one would be the only one to have. */
function claimsOf({ claimed }: Trial, row: number, taken: Action[]): string[] {
  const claims = taken.map(({ sk }) => sha256(sk).slice(0, 16))
  for (const claim of claims) {
    const other = claimed.get(claim)
    if (other !== undefined && other !== row)
      throw inFile(`Row ${other} of this file has the same name, number or externalId. Remove one of the two.`)
  }
  for (const claim of claims) claimed.set(claim, row)
  return claims
}

/** A row that went well by itself, held against the rows before it. */
export async function heldAgainstEarlier(
  ctx: Context,
  trial: Trial,
  plan: Plan,
  row: SheetRow,
  done: Done,
  taken: Action[],
): Promise<Done> {
  const isTakenInSpite = plan.duplicateReason !== undefined
  const like = await likeEarlier(ctx, trial, plan, row, done)
  if (like && !isTakenInSpite) throw like
  const shared = isTakenInSpite ? plan.kind.alike?.shared : undefined
  const claims = claimsOf(
    trial,
    row.row,
    taken.filter(({ sk }) => !shared || !sk.startsWith(`${shared}#`)),
  )
  const { version: _version, id, ...rest } = done.result
  const inSpiteOf = done.inSpiteOf ?? like
  return { result: { ...rest, ...(rest.outcome === 'created' || !id ? {} : { id }), claims }, ...(inSpiteOf ? { inSpiteOf } : {}) }
}
