import { hiddenFields } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { invalid, Problem } from '../../kernel/errors.ts'
import { fieldOf } from '../../kernel/transfer-field.ts'
import type { TransferField, TransferKind } from '../../kernel/transfer-kind.ts'

/** True when the caller's role sees what the column shows. */
function seesColumn(ctx: Context, { kind }: TransferKind): (field: TransferField) => boolean {
  const hidden = hiddenFields(ctx.actor, kind.noun)
  return (field) => !hidden.includes(fieldOf(field))
}

/** The columns that were asked for. 422 for one that there is not, or that stands there twice, 403 for one that the role does not see. */
function askedFor(ctx: Context, kind: TransferKind, names: readonly string[]): TransferField[] {
  const sees = seesColumn(ctx, kind)
  return names.map((name, i) => {
    const field = kind.fields.find((known) => known.name === name)
    const known = kind.fields.map((other) => other.name).join(', ')
    if (!field) throw invalid('export.column-unknown', `/columns/${i}`, `There is no column ${JSON.stringify(name)}. There are: ${known}.`)
    if (names.indexOf(name) < i) throw invalid('export.column-duplicate', `/columns/${i}`, `The column ${name} stands there twice.`)
    if (sees(field)) return field
    const [code, message] = ['export.column-forbidden', `Your role may not see ${name}. Leave the column out.`]
    throw new Problem('forbidden', code, message, { errors: [{ pointer: `/columns/${i}`, code, message }] })
  })
}

/** The columns of an export: those asked for, else those of the fields that its view shows, else all that the role sees. */
export function settleColumns(
  ctx: Context,
  kind: TransferKind,
  names: readonly string[] | undefined,
  viewed: readonly string[] | undefined,
): string[] {
  const sees = seesColumn(ctx, kind)
  const isViewed = (field: TransferField) => !viewed || field.name === 'id' || viewed.includes(fieldOf(field))
  const columns = names ? askedFor(ctx, kind, names) : kind.fields.filter((field) => sees(field) && isViewed(field))
  return columns.map(({ name }) => name)
}
