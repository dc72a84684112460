import type { Context } from '../../kernel/context.ts'
import { binding, cursorAt, type ListInput, type ListSpec, type Page, positionOf } from '../../kernel/paging.ts'
import type { Contact } from '../../parties/index.ts'
import { get } from '../../store/read.ts'
import { requireSound } from './change-segment.ts'
import { segments } from './segment.table.ts'
import { contactsBy, type Meant, segmentIds } from './segment-ids.ts'

export const isMailable = ({ email, marketing }: Contact): boolean => email !== undefined && !marketing?.optedOut

const sample = 1000

async function counted(ctx: Context, meant: Meant) {
  const ids = await segmentIds(ctx, meant)
  const looked = await contactsBy(ctx, ids.slice(0, sample))
  return { ids, looked, count: ids.length, mailable: looked.filter(isMailable).length, sampled: looked.length }
}

/** How many people are in it, and how many of a sample can be mailed. */
export async function countSegment(ctx: Context, { id }: { id: string }) {
  const { count, mailable, sampled } = await counted(ctx, await get(ctx, segments, id))
  return { count, mailable, sampled }
}

const shown = 10

/** The same of a segment that nobody has saved, with the first of its people. Fails as saving it would. */
export async function previewSegment(ctx: Context, meant: Meant) {
  await requireSound(ctx, meant)
  const { count, mailable, sampled, looked } = await counted(ctx, meant)
  return { count, mailable, sampled, data: looked.slice(0, shown) }
}

export const memberList = { filters: {}, sorts: ['createdAt'] } as const satisfies ListSpec

/** The people of a segment, the earliest made first. Each page judges the cards anew: who joins behind the cursor is found. */
export async function listMembers(ctx: Context, { id, ...input }: { id: string } & ListInput): Promise<Page<Contact>> {
  const bound = binding(ctx, `segments/${id}/members`, input)
  const after = positionOf(ctx, bound, input.cursor) ?? ''
  const ids = (await segmentIds(ctx, await get(ctx, segments, id))).filter((member) => member > after)
  const page = ids.slice(0, input.limit)
  const next = ids.length > page.length ? cursorAt(ctx, bound, page.at(-1)!) : null
  return { data: await contactsBy(ctx, page), page: { next } }
}
