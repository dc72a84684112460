import type { Context } from '../../kernel/context.ts'
import { ulidOf } from '../../kernel/ids.ts'
import { cardAttribute } from '../../store/card.ts'
import { itemKey } from '../../store/entity-definition.ts'
import { readRaw } from '../../store/raw.ts'
import { tryWrite } from '../../store/try-write.ts'
import { code, inSeconds, instantOf } from '../delivery/page.ts'
import { packTouch, type Touch, unpackTouch } from './touch.ts'

export const touchPartition = ['TOUCH']

/**
 * Access pattern: one item for each time that a campaign reached somebody, by its moment; the same one again says the same.
 * `of` tells apart what happened in one second: the contact or lead. 1 WRU.
 */
export async function putTouch(ctx: Context, touch: Touch, of: string): Promise<void> {
  await tryWrite(ctx, {
    ...itemKey(ctx, { pk: touchPartition, sk: [code(inSeconds(touch.at)), ulidOf(touch.campaignId), ulidOf(of)] }),
    put: { Item: { [cardAttribute]: packTouch(touch) } },
  })
}

interface RawTouch {
  sk: { S: string }
  c: { S: string }
}

/** Access pattern: the touches from one instant up to another; one Query, 0.02 RRU for each touch. */
export async function readTouches(ctx: Context, { from, to }: { from: string; to: string }): Promise<Touch[]> {
  const found: Touch[] = []
  const take = (page: RawTouch[]) => {
    for (const { sk, c } of page) {
      const [at, campaign] = sk.S.split('#') as [string, string]
      found.push(unpackTouch(instantOf(at), `cmp_${campaign}`, c.S))
    }
  }
  const span = { from: code(inSeconds(from)), to: `${code(inSeconds(to))}\uffff` }
  await readRaw<RawTouch>(ctx, touchPartition, ['sk', cardAttribute], take, span)
  return found
}
