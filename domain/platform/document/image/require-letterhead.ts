import type { LetterheadSettings } from '../../../identity/index.ts'
import type { Context } from '../../../kernel/context.ts'
import { notFound } from '../../../kernel/errors.ts'
import { find } from '../../../store/read.ts'
import { documentImages } from './document-image.table.ts'

/** 404 `document-image.not-found` at its place for a logo or seal of the letterhead that there is not. */
export async function requireLetterheadImages(ctx: Context, letterhead: LetterheadSettings | null | undefined): Promise<void> {
  for (const name of ['logoId', 'sealId'] as const) {
    const id = letterhead?.[name]
    if (id && !(await find(ctx, documentImages, id))) throw notFound('document-image', `/letterhead/${name}`)
  }
}
