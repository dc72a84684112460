import type { Context } from '../../kernel/context.ts'
import { binding, cursorAt, type ListInput, type ListSpec, type Page, positionOf } from '../../kernel/paging.ts'
import type { Contact } from '../../parties/index.ts'
import { get } from '../../store/read.ts'
import { segments } from './segment.table.ts'
import { contactsBy, type Meant, segmentIds, segmentSlices } from './segment-ids.ts'
import { mostAtOnce, peopleOfOneSearch } from './segment-portions.ts'

export const memberList = { filters: {}, sorts: ['createdAt'] } as const satisfies ListSpec

/** Where a list goes on: behind a person, in a firm that is looked through slice by slice of that slice. */
interface Place {
  slice?: number
  after: string
}

const placeAt = (position: string | undefined): Place => {
  const [after = '', slice] = (position ?? '').split(' ')
  return slice === undefined ? { after } : { after, slice: Number(slice) }
}

const positionAt = ({ after, slice }: Place): string => (slice === undefined ? after : `${after} ${slice}`)

/**
 * The people of a segment, the earliest made first; in a firm too large for one search slice by slice, and so within one. Each page
 * judges the cards anew: who joins behind the cursor is found. A page of a large firm may be short, even empty, before the last.
 */
export async function listMembers(ctx: Context, { id, ...input }: { id: string } & ListInput, most = mostAtOnce): Promise<Page<Contact>> {
  const bound = binding(ctx, `segments/${id}/members`, input)
  const place = placeAt(positionOf(ctx, bound, input.cursor))
  const segment = await get(ctx, segments, id)
  const all = place.slice === undefined ? await peopleOfOneSearch(ctx, segment, most) : undefined
  const { ids, next } = all
    ? pageOf(all.ids, place, input.limit)
    : await pageOfSlices(ctx, segment, { slice: 0, ...place }, input.limit, most.cards)
  return { data: await contactsBy(ctx, ids), page: { next: next ? cursorAt(ctx, bound, positionAt(next)) : null } }
}

interface Found {
  ids: string[]
  next?: Place | undefined
}

function pageOf(all: readonly string[], { after, ...place }: Place, limit: number): Found {
  const rest = all.filter((id) => id > after)
  const ids = rest.slice(0, limit)
  return { ids, next: rest.length > limit ? { ...place, after: ids.at(-1)! } : undefined }
}

/** A page from one slice; slices of nobody are passed over as long as they cost little. */
async function pageOfSlices(ctx: Context, meant: Meant, from: Required<Place>, limit: number, cards: number): Promise<Found> {
  const slices = await segmentSlices(ctx)
  const judged = { cards: 0 }
  let { after } = from
  for (let slice = from.slice; slice < slices.length; slice++) {
    const { ids, next } = pageOf(await segmentIds(ctx, meant, { slice: slices[slice], judged }), { after, slice }, limit)
    const following = slice + 1 < slices.length ? { after: '', slice: slice + 1 } : undefined
    if (ids.length > 0 || judged.cards >= cards) return { ids, next: next ?? following }
    after = ''
  }
  return { ids: [] }
}
