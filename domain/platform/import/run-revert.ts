import { ImportReverted } from '../../../events/platform.ts'
import { actorAgain } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { StaleWrite } from '../../kernel/errors.ts'
import { step } from '../../kernel/states.ts'
import type { TransferKind } from '../../kernel/transfer-kind.ts'
import { commit, retryStale } from '../../store/commit.ts'
import { pause } from '../../store/pause.ts'
import { find } from '../../store/read.ts'
import { writeFaults } from './error-file.ts'
import { imports } from './import.table.ts'
import { type Import, importStates } from './import.ts'
import { kindNamed } from './read-imports.ts'
import type { Written } from './revert-row.ts'
import { doneSoFar, type Reverted, revertGroup, writtenBy } from './revert-rows.ts'
import type { Slice } from './run-import.ts'
import { sealRows } from './seal-rows.ts'

const together = 20
const shownEveryMs = 1000
const mostTries = 20

/** Takes the rows back from where the work stands. */
async function revertRows(ctx: Context, kind: TransferKind, imported: Import, written: Written[], stop: () => boolean): Promise<Reverted> {
  let { place, refused } = await doneSoFar(ctx, imported.id)
  let shownAt = Date.now()
  for (let tries = 0; place < written.length && !stop(); ) {
    // When several cannot be written together, one at a time can.
    const rows = written.slice(place, place + (tries > 3 ? 1 : together))
    const group = await revertGroup(ctx, kind, imported, place, rows)
    if (group === 'stale') {
      if (++tries > mostTries) throw new StaleWrite()
      await pause(Math.min(tries, 5))
      ;({ place, refused } = await doneSoFar(ctx, imported.id))
      continue
    }
    tries = 0
    place += group.done
    refused.push(...group.refused)
    if (Date.now() - shownAt < shownEveryMs) continue
    shownAt = Date.now()
    await show(ctx, imported.id, { reverted: place - refused.length, refused: refused.length })
  }
  return { place, refused }
}

type Shown = NonNullable<Import['reverted']>

const show = (ctx: Context, id: string, reverted: Shown): Promise<void> =>
  retryStale(async () => {
    const before = await find(ctx, imports, id, { consistent: true })
    if (before?.status === 'reverting') await commit(ctx, [imports.replace(ctx, before, { ...before, reverted })], [])
  })

async function end(ctx: Context, id: string, reverted: Shown, hasErrors: boolean): Promise<void> {
  await retryStale(async () => {
    const before = await find(ctx, imports, id, { consistent: true })
    if (before?.status !== 'reverting') return
    const status = step('import', importStates, before.status, 'finish')
    const after: Import = { ...before, status, reverted, hasErrors, finishedAt: ctx.now() }
    await commit(ctx, [imports.replace(ctx, before, after)], [ImportReverted({ type: 'import', id }, reverted)])
  })
}

async function fail(ctx: Context, id: string): Promise<void> {
  await retryStale(async () => {
    const before = await find(ctx, imports, id, { consistent: true })
    const problem = { code: 'import.actor-gone', detail: 'Who started the revert has no access any more. Somebody else can resume it.' }
    if (before?.status === 'reverting') await commit(ctx, [imports.replace(ctx, before, { ...before, status: 'failed', problem })], [])
  })
}

/**
 * Works on taking an import back until it is over or the time is up, in the name of who asked for it. Like the import it may be
 * called again at any time: what was taken back is found in the table.
 */
export async function runRevert(ctx: Context, kinds: readonly TransferKind[], imported: Import, stop: () => boolean): Promise<Slice> {
  const actor = imported.reverter ? await actorAgain(ctx, imported.reverter) : undefined
  if (!actor) {
    await fail(ctx, imported.id)
    return 'over'
  }
  const own = { ...ctx, actor }
  await sealRows(own, kindNamed(kinds, imported.kind), imported)
  const written = await writtenBy(own, imported)
  const { place, refused } = await revertRows(own, kindNamed(kinds, imported.kind), imported, written, stop)
  if (place < written.length) return 'again'
  const ordered = refused.sort((a, b) => a.row - b.row)
  const hasErrors = await writeFaults(own, imported, ordered)
  await end(own, imported.id, { reverted: place - refused.length, refused: refused.length }, hasErrors)
  return 'over'
}
